package io.pgha.agent.loop;

import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;

/** How long the loop may sleep: loop_wait when all is well, a second when something is pending. */
final class Pace {
    private static final Duration PENDING = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofMillis(100);

    private Pace() {}

    private static boolean leadsInPeace(Situation situation) {
        return situation.inStandbyCluster()
                ? situation.local().runsAsStandby()
                : situation.local().runsAsPrimary();
    }

    static Duration after(Situation situation, boolean dcsAnswered, MonotonicTime now) {
        Duration loopWait = situation.settings().loopWait();
        boolean pending = !situation.dcsSeen()
                || !dcsAnswered
                || situation.unlocked()
                || situation.isStarting()
                || situation.memory().bootstrap() != BootstrapPhase.NONE
                || (situation.lockKeyIsMine() && !leadsInPeace(situation))
                || (situation.local().postmasterRuns()
                        && situation.local().server().isEmpty());
        Duration patience = pending && loopWait.compareTo(PENDING) > 0 ? PENDING : loopWait;
        // A primary without the DCS wakes in time to stop in order.
        Duration longest = situation
                .lockValidUntil()
                .filter(until -> !situation.dcsSeen())
                .map(until -> situation.settings().leaseTimes().demoteAt(until).since(now))
                .filter(left -> !left.isNegative() && left.compareTo(patience) < 0)
                .orElse(patience);
        Duration untilSwitchover = Handover.request(situation)
                .flatMap(Handover::time)
                .map(at -> Duration.between(situation.wall(), at).plus(SOON))
                .filter(left -> !left.isNegative() && left.compareTo(longest) < 0)
                .orElse(longest);
        Duration untilRestart = situation
                .orders()
                .operator()
                .scheduledRestart()
                .map(restart -> Duration.between(situation.wall(), restart.at().toInstant())
                        .plus(SOON))
                .filter(left -> !left.isNegative() && left.compareTo(untilSwitchover) < 0)
                .orElse(untilSwitchover);
        return situation
                .memory()
                .notBefore()
                .map(at -> at.since(now).plus(SOON))
                .filter(left -> !left.isNegative() && left.compareTo(untilRestart) < 0)
                .orElse(untilRestart);
    }
}
