package io.pgha.core.decide;

import io.pgha.core.action.Action;
import io.pgha.core.model.Lsn;
import java.util.Optional;

/**
 * What this cycle has to obey besides what it sees.
 *
 * @param shutDown whether the agent was told to stop in order
 * @param shutdownCheckpoint position at which PostgreSQL has stopped writing, once a stop that runs has come so far
 * @param operator what an operator asked this node for
 * @param missingFence why this node must not lead: what is wrong with a watchdog device that the operator requires
 */
public record Orders(
        boolean shutDown, Optional<Lsn> shutdownCheckpoint, OperatorOrders operator, Optional<String> missingFence) {
    /** Nothing was ordered. */
    public static final Orders NONE = new Orders(false, Optional.empty());

    /** No operator asked for anything. */
    public Orders(boolean shutDown, Optional<Lsn> shutdownCheckpoint) {
        this(shutDown, shutdownCheckpoint, OperatorOrders.NONE, Optional.empty());
    }

    /** The same without the operator's order that was answered. */
    Orders without(Action.OrderKind kind) {
        return new Orders(shutDown, shutdownCheckpoint, operator.without(kind), missingFence);
    }

    /** The same for a node that must not lead, for this reason. */
    public Orders without(Optional<String> fence) {
        return new Orders(shutDown, shutdownCheckpoint, operator, fence);
    }

    /** Only what an operator asked for. */
    public static Orders of(OperatorOrders operator) {
        return new Orders(false, Optional.empty(), operator, Optional.empty());
    }
}
