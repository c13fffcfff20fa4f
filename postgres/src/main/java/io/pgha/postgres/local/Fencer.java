package io.pgha.postgres.local;

import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.process.ProcessTable;
import io.pgha.postgres.process.ProcessTree;
import io.pgha.postgres.process.Signal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends all writing within a second. It takes no lock and asks no server: a hanging order, a stuck session or a
 * suspended postmaster must not hold it up.
 */
final class Fencer {
    private static final Logger log = LoggerFactory.getLogger(Fencer.class);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration OBEDIENCE = Duration.ofMillis(300);
    private static final Duration KILL_WAIT = Duration.ofMillis(400);

    private final Instance instance;

    Fencer(Instance instance) {
        this.instance = instance;
    }

    Result fence(String reason) {
        instance.fencings.incrementAndGet();
        // Its end is no crash: nobody shall start it again for that reason.
        instance.enter(PostgresState.STOPPED);
        log.error("stopping PostgreSQL at once: {}", reason);
        Set<Postmaster> postmasters = new LinkedHashSet<>();
        instance.finder.lastKnown().ifPresent(postmasters::add);
        instance.finder.find().postmaster().ifPresent(postmasters::add);
        postmasters.forEach(postmaster -> Signal.QUIT.sendTo(postmaster.pid()));
        if (!Deadline.after(OBEDIENCE)
                .waitUntil(POLL, () -> postmasters.stream().noneMatch(Fencer::runs))) {
            postmasters.forEach(postmaster -> ProcessTree.kill(postmaster.pid(), postmaster.startTicks(), KILL_WAIT));
        }
        // A backend that lost its postmaster may be in the middle of a commit.
        boolean alone = postmasters.stream().noneMatch(Fencer::runs) && instance.orphans.clear(Duration.ZERO);
        instance.enter(alone ? PostgresState.STOPPED : PostgresState.STOP_FAILED);
        return alone
                ? new Result.Succeeded("PostgreSQL takes no more writes")
                : new Result.Failed("processes of the server in " + instance.dataDir() + " survive SIGKILL");
    }

    private static boolean runs(Postmaster postmaster) {
        return ProcessTable.runs(postmaster.pid(), postmaster.startTicks());
    }
}
