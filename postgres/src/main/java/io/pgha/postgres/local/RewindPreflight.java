package io.pgha.postgres.local;

import io.pgha.core.model.Upstream;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.sql.Refusal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What pg_rewind needs, looked at before it runs (facts §5.12). What is lacking for good is a failure, so that a copy follows; what
 * may come by itself, like the leader's answer, is waited for.
 */
final class RewindPreflight {
    private static final Logger log = LoggerFactory.getLogger(RewindPreflight.class);
    private static final Duration CHECKPOINT_WAIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Instance instance;
    private Optional<Deadline> checkpointDue = Optional.empty();

    RewindPreflight(Instance instance) {
        this.instance = instance;
    }

    /**
     * The first thing that is in the way.
     *
     * @param restoreCommand with which missing WAL could be fetched
     */
    Optional<Result> obstacle(Upstream upstream, Optional<String> restoreCommand, JobControl control) {
        Upstream leader = Hosts.primaryOf(instance, upstream);
        Source source = new Source(instance, leader);
        control.progress("looking whether pg_rewind can be used against " + leader.name());
        try {
            Source.State state = source.ask();
            Optional<String> lacking = lacking(state, leader);
            if (lacking.isPresent()) {
                return failed(lacking.get());
            }
            Optional<Result> notReady = notReady(source, state, leader, control);
            if (notReady.isPresent()) {
                return notReady;
            }
            return missingWal(source, leader, restoreCommand).flatMap(RewindPreflight::failed);
        } catch (SQLException e) {
            return Refusal.of(e) == Refusal.DENIED
                    ? failed(source.trouble(e))
                    : Optional.of(new Result.TimedOut("pg_rewind waits: " + source.trouble(e)));
        }
    }

    private static Optional<Result> failed(String why) {
        return Optional.of(new Result.Failed("pg_rewind is not possible: " + why));
    }

    private Optional<String> lacking(Source.State state, Upstream leader) {
        if (state.missingGrants().isPresent()) {
            return Optional.of("the role \"" + instance.settings().rewind().username() + "\" on " + leader.name()
                    + " has no EXECUTE on " + state.missingGrants().get() + ": grant it for the next time");
        }
        return state.wholePages() ? Optional.empty() : Optional.of("full_page_writes is off on " + leader.name());
    }

    /** Before its first checkpoint after a promotion pg_rewind would take the leader for one of the old timeline. */
    private Optional<Result> notReady(Source source, Source.State first, Upstream leader, JobControl control)
            throws SQLException {
        if (!first.inRecovery() && !first.hasCheckpointed() && first.superuser()) {
            control.progress("waiting for the first checkpoint of " + leader.name());
            source.checkpoint();
        }
        Deadline soon = Deadline.after(CHECKPOINT_WAIT);
        for (Source.State state = source.ask(); !state.hasCheckpointed(); state = source.ask()) {
            if (state.inRecovery() || control.cancelled() || soon.passed() || !soon.pause(POLL)) {
                return Optional.of(late(leader, state));
            }
        }
        checkpointDue = Optional.empty();
        return Optional.empty();
    }

    private Result late(Upstream leader, Source.State state) {
        String what = leader.name()
                + (state.inRecovery()
                        ? " is still in recovery"
                        : " has not written a checkpoint since its promotion, and its role \""
                                + instance.settings().rewind().username() + "\" may not order one");
        Duration limit = instance.settings().rejoinTimeout();
        Deadline due = checkpointDue.orElseGet(() -> Deadline.after(limit));
        checkpointDue = due.passed() ? Optional.empty() : Optional.of(due);
        return due.passed()
                ? new Result.Failed("pg_rewind is not possible: " + what + ", for longer than rejoin_timeout, "
                        + limit.toSeconds() + " s")
                : new Result.TimedOut("pg_rewind waits: " + what);
    }

    /** Without the WAL on both sides of the fork pg_rewind fails, or the rewound server could never stream. */
    private Optional<String> missingWal(Source source, Upstream leader, Optional<String> restoreCommand) {
        if (restoreCommand.isPresent()) {
            // What is in the archive is seen when it is fetched.
            return Optional.empty();
        }
        try {
            Optional<Fork> fork = Fork.from(instance, leader);
            if (fork.isPresent() && !fork.get().localWalExists()) {
                return Optional.of("the own WAL is gone from the point where the histories part ("
                        + fork.get().localFile() + "), and there is no restore_command");
            }
            if (fork.isPresent() && !source.hasWal(fork.get().leaderFile())) {
                return Optional.of(leader.name() + " has no WAL any more from the point where the histories part ("
                        + fork.get().leaderFile() + "), and there is no restore_command");
            }
        } catch (SQLException e) {
            log.debug("whether the WAL reaches back: {}", Refusal.words(e));
        }
        return Optional.empty();
    }
}
