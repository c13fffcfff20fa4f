package io.pgha.core.rules.paused;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Restarting;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import java.util.Optional;

/**
 * In pause a PostgreSQL that does not run is started where an operator orders its restart (facts §5.17: nothing is started
 * but for a request). A standby starts as one. A former primary starts only under a proven lock, which it takes where nobody
 * holds it: by the same conditions as a running one in {@link PrimaryTakesLockInPause}.
 */
public final class StoppedIsStartedByOrder implements Rule {
    @Override
    public String says() {
        return "In pause a PostgreSQL that does not run is started where an operator orders its restart: a standby as one, a former primary only under a proven lock.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean stopped = situation.paused()
                && !situation.local().postmasterRuns()
                && situation.local().dataDirectory() == DataDirectory.PRESENT
                && !situation.memory().startOwed()
                && !Maintenance.isForeign(situation);
        return stopped
                ? situation
                        .orders()
                        .operator()
                        .restart()
                        .filter(order -> Restarting.unmet(situation, order).isEmpty())
                        .flatMap(order -> started(situation, order))
                : Optional.empty();
    }

    private Optional<Decision> started(Situation situation, RestartOrder order) {
        boolean standby = situation.local().standbySignal() || situation.local().backupLabel();
        if (!standby) {
            return situation.lockedByAnother()
                    ? refused(situation, "it was a primary and another member leads: it may have to be wound back")
                    : asPrimary(situation, order);
        }
        // A holder of the lock gives it up first.
        return situation.lockKeyIsMine()
                ? Optional.empty()
                : Decision.of(
                        this,
                        situation,
                        new Action.Restart(order, Role.REPLICA, situation.upstream()),
                        "an operator ordered a restart of the standby, which does not run");
    }

    private Optional<Decision> asPrimary(Situation situation, RestartOrder order) {
        Optional<String> obstacle = obstacle(situation);
        if (obstacle.isPresent()) {
            return refused(situation, obstacle.get());
        }
        if (situation.renewalUntried()) {
            return Decision.of(
                    this,
                    situation,
                    situation.unlocked() ? new Action.AcquireLock() : new Action.RenewLock(),
                    "a restart of the primary, which does not run, was ordered: the lock first");
        }
        return situation.lockKeyIsMine() && situation.lockRenewed() && situation.lockProvenForLong()
                ? Decision.of(
                        this,
                        situation.memory().toBuilder()
                                .restartTimeout(order.timeout())
                                .build(),
                        new Action.Restart(order, Role.PRIMARY, Optional.empty()),
                        "an operator ordered a restart of the primary, which does not run")
                : Optional.empty();
    }

    /** Why a former primary may not become one again; the same as for one that crashed outside of a pause. */
    private static Optional<String> obstacle(Situation situation) {
        if (situation.inStandbyCluster()) {
            return Optional.of("it was a primary, and this is a standby cluster");
        }
        if (!situation.memory().joined()) {
            return Optional.of("it was a primary, and this agent has not seen it run");
        }
        boolean newest = situation
                .local()
                .control()
                .filter(control -> control.state().leftAsPrimary()
                        && !situation.view().timeline().isAfter(control.checkpointTimeline()))
                .isPresent();
        return newest ? Optional.empty() : Optional.of("it was a primary, and not of the newest timeline");
    }

    private Optional<Decision> refused(Situation situation, String why) {
        String advice = why + "; end the pause (hactl resume), or start it by hand";
        return Decision.of(
                this,
                situation,
                new Action.RefuseOrder(Action.OrderKind.RESTART, advice),
                "the ordered restart is refused: " + advice);
    }
}
