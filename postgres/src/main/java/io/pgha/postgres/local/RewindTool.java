package io.pgha.postgres.local;

import io.pgha.core.model.ControlData;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.Programs;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether pg_rewind is wanted, works ({@code pg_rewind --help} ends with 0), and the pages can be compared (facts §5.12). The
 * program is asked once.
 */
final class RewindTool {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Instance instance;
    private Optional<Verdict> verdict = Optional.empty();

    RewindTool(Instance instance) {
        this.instance = instance;
    }

    /** Why it is out of the question, one clause; empty when it may be tried. */
    Optional<String> obstacle(Optional<ControlData> control) {
        if (!instance.settings().useRewind()) {
            return Optional.of("use_pg_rewind is off");
        } else if (control.isEmpty()) {
            return Optional.of("the control file cannot be read");
        } else if (!control.get().allowsRewind()) {
            return Optional.of("wal_log_hints is off and the data pages have no checksums");
        }
        return works();
    }

    private Optional<String> works() {
        Programs programs = instance.programs();
        if (verdict.filter(known -> known.programs().equals(programs)).isEmpty()) {
            CommandOutcome outcome = instance.runner.run(Command.of(programs.path("pg_rewind"), "--help"), TIMEOUT);
            verdict = Optional.of(new Verdict(
                    programs,
                    outcome.successful()
                            ? Optional.empty()
                            : Optional.of("the program pg_rewind does not work: " + outcome.complaint())));
        }
        return verdict.get().obstacle();
    }

    private record Verdict(Programs programs, Optional<String> obstacle) {}
}
