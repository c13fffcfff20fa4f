package io.pgha.postgres.local;

import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.Programs;
import java.time.Duration;
import java.util.Optional;

/** Whether pg_rewind is wanted and works: {@code pg_rewind --help} ends with 0 (facts §5.12). Asked once. */
final class RewindTool {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Instance instance;
    private Optional<Verdict> verdict = Optional.empty();

    RewindTool(Instance instance) {
        this.instance = instance;
    }

    boolean usable() {
        if (!instance.settings().useRewind()) {
            return false;
        }
        Programs programs = instance.programs();
        if (verdict.filter(known -> known.programs().equals(programs)).isEmpty()) {
            boolean works = instance.runner
                    .run(Command.of(programs.path("pg_rewind"), "--help"), TIMEOUT)
                    .successful();
            verdict = Optional.of(new Verdict(programs, works));
        }
        return verdict.get().works();
    }

    private record Verdict(Programs programs, boolean works) {}
}
