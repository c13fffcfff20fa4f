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
            return Role.REPLICA;
        }
        return switch (situation.local().dataDirectory()) {
            case EMPTY -> situation.job().isRunning(JobKind.CLONE) ? Role.REPLICA : Role.UNINITIALIZED;
            case PRESENT -> ofSilentServer(situation);
            case INACCESSIBLE -> Role.UNINITIALIZED;
        };
    }

    private static Role ofSilentServer(Situation situation) {
        if (situation.local().postmasterRuns()) {
            return situation.local().standbySignal() ? Role.REPLICA : Role.PRIMARY;
        }
        if (situation.local().standbySignal()) {
            return Role.REPLICA;
        }
        boolean startsAgain = situation.memory().wasPrimary() && situation.lockKeyIsMine();
        return startsAgain && situation.local().state() != PostgresState.STOPPED ? Role.PRIMARY : Role.DEMOTED;
    }

    /** Fires what this cycle's change sets off; a promotion's callback is fired by the promotion itself. */
    void cycle(Situation situation) {
        if (situation.memory().bootstrap() != BootstrapPhase.NONE
                || (situation.local().server().isEmpty() && situation.local().postmasterRuns())) {
            return;
        }
        if (!situation.local().postmasterRuns()) {
            running.ifPresent(role -> callbacks.fire(Callbacks.Action.ON_STOP, role));
            running = Optional.empty();
            return;
        }
        Role role = of(situation);
        if (role == Role.PROMOTED) {
            return;
        }
        boolean changed = lastRole.filter(last -> last != role).isPresent();
        if (running.isEmpty() && !changed) {
            callbacks.fire(Callbacks.Action.ON_START, role);
        } else if (changed && role != Role.PRIMARY) {
            callbacks.fire(Callbacks.Action.ON_ROLE_CHANGE, role);
        }
        running = Optional.of(role);
        lastRole = Optional.of(role);
    }
}
