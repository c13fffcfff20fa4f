package io.pgha.agent.loop;

import io.pgha.agent.port.Callbacks;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import java.util.Optional;

/** What this member is, and which callbacks a change of that sets off (facts §5.19). */
final class RoleTracker {
    private final Callbacks callbacks;
    private Optional<Role> running = Optional.empty();
    private Optional<Role> lastRole = Optional.empty();
    private Restart restart = Restart.NONE;

    /** An ordered restart that ended and was not told of yet. */
    private enum Restart {
        NONE,
        CAME_UP,
        FAILED
    }

    RoleTracker(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** The role to publish. */
    static Role of(Situation situation) {
        if (situation.job().isRunning(JobKind.PROMOTE)) {
            return Role.PROMOTED;
        }
        if (situation.local().runsAsPrimary()) {
            return Role.PRIMARY;
        }
        if (situation.local().runsAsStandby()) {
            return ofStandby(situation);
        }
        return switch (situation.local().dataDirectory()) {
            case EMPTY, HALF_REWOUND ->
                situation.job().isRunning(JobKind.CLONE) || situation.job().isRunning(JobKind.REINITIALIZE)
                        ? Role.REPLICA
                        : Role.UNINITIALIZED;
            case PRESENT -> ofSilentServer(situation);
            case INACCESSIBLE -> Role.UNINITIALIZED;
        };
    }

    private static Role ofStandby(Situation situation) {
        return situation.inStandbyCluster() && situation.lockKeyIsMineOrUnseen() ? Role.STANDBY_LEADER : Role.REPLICA;
    }

    private static Role ofSilentServer(Situation situation) {
        if (situation.local().postmasterRuns()) {
            return situation.local().standbySignal() ? ofStandby(situation) : Role.PRIMARY;
        }
        if (situation.local().standbySignal() || ofStandby(situation) == Role.STANDBY_LEADER) {
            return ofStandby(situation);
        }
        boolean startsAgain = situation.memory().wasPrimary() && situation.lockKeyIsMine();
        boolean stopped = situation.local().state() == PostgresState.STOPPED
                && !situation.job().isRunning(JobKind.RESTART);
        return startsAgain && !stopped ? Role.PRIMARY : Role.DEMOTED;
    }

    /**
     * Fires what this cycle's change sets off; a promotion's callback is fired by the promotion itself. A restart that was
     * ordered is neither a stop nor a start, and is told of once the server answers again.
     */
    void cycle(Situation situation) {
        situation
                .job()
                .finished(JobKind.RESTART)
                .ifPresent(finished -> restart = finished.succeeded() ? Restart.CAME_UP : Restart.FAILED);
        boolean silent =
                situation.local().server().isEmpty() && situation.local().postmasterRuns();
        boolean restarts = situation.job().isRunning(JobKind.RESTART);
        if (situation.memory().bootstrap() != BootstrapPhase.NONE || silent || restarts) {
            return;
        }
        if (situation.local().postmasterRuns()) {
            runs(of(situation));
        } else {
            isDown();
        }
    }

    private void isDown() {
        if (restart == Restart.FAILED) {
            if (running.filter(Role.PRIMARY::equals).isPresent()) {
                callbacks.fire(Callbacks.Action.ON_ROLE_CHANGE, Role.DEMOTED);
                lastRole = Optional.of(Role.DEMOTED);
            }
        } else {
            running.ifPresent(role -> callbacks.fire(Callbacks.Action.ON_STOP, role));
        }
        restart = Restart.NONE;
        running = Optional.empty();
    }

    private void runs(Role role) {
        if (role == Role.PROMOTED) {
            return;
        }
        boolean changed = lastRole.filter(last -> last != role).isPresent();
        if (changed) {
            if (role != Role.PRIMARY) {
                callbacks.fire(Callbacks.Action.ON_ROLE_CHANGE, role);
            }
        } else if (running.isEmpty()) {
            callbacks.fire(Callbacks.Action.ON_START, role);
        } else if (restart == Restart.CAME_UP) {
            callbacks.fire(Callbacks.Action.ON_RESTART, role);
        }
        restart = Restart.NONE;
        running = Optional.of(role);
        lastRole = Optional.of(role);
    }
}
