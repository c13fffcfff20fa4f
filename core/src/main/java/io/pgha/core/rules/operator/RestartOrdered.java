package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Restarting;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.ScheduledRestart;
import java.util.Optional;

/**
 * A restart was ordered, or its time has come: PostgreSQL is restarted as what it is. A leader proves its lock first and
 * keeps it meanwhile; a standby is not taken away while nobody leads.
 */
public final class RestartOrdered implements Rule {
    @Override
    public String says() {
        return "A restart was ordered, or its time has come: PostgreSQL is restarted as what it is. A leader proves its lock first and keeps it meanwhile; a standby is not taken away while nobody leads.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<RestartOrder> order = situation
                .orders()
                .operator()
                .restart()
                .or(() -> Restarting.due(situation).map(ScheduledRestart::order));
        boolean mayBeNeeded = situation.unlocked() && !situation.paused();
        if (order.isEmpty() || !situation.local().postmasterRuns() || mayBeNeeded) {
            return Optional.empty();
        }
        return situation.lockKeyIsMine() ? ofLeader(situation, order.get()) : ofStandby(situation, order.get());
    }

    private Optional<Decision> ofLeader(Situation situation, RestartOrder order) {
        if (!situation.local().mayTakeWrites()) {
            return Optional.empty();
        }
        if (situation.renewalUntried()) {
            return Decision.of(this, situation, new Action.RenewLock(), "a restart was ordered: the lock first");
        }
        return situation.lockRenewed() && situation.lockProvenForLong()
                ? Decision.of(
                        this,
                        situation.memory().toBuilder()
                                .restartTimeout(order.timeout())
                                .build(),
                        new Action.Restart(order, Role.PRIMARY, Optional.empty()),
                        "an operator ordered a restart of the primary")
                : Optional.empty();
    }

    private Optional<Decision> ofStandby(Situation situation, RestartOrder order) {
        return situation.local().mayTakeWrites()
                ? Optional.empty()
                : Decision.of(
                        this,
                        situation,
                        new Action.Restart(order, Role.REPLICA, situation.upstream()),
                        "an operator ordered a restart of the standby");
    }
}
