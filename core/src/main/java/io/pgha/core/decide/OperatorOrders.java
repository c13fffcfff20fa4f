package io.pgha.core.decide;

import io.pgha.core.action.Action;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.ScheduledRestart;
import java.util.Optional;

/**
 * What an operator asked this node for and what was not begun yet.
 *
 * @param restart a restart at once
 * @param scheduledRestart a restart later
 * @param reinitialize a new copy of the data
 * @param cancelReinitialize whether the copy that is being made is not wanted any more
 */
public record OperatorOrders(
        Optional<RestartOrder> restart,
        Optional<ScheduledRestart> scheduledRestart,
        Optional<ReinitializeOrder> reinitialize,
        boolean cancelReinitialize) {
    /** Nothing. */
    public static final OperatorOrders NONE =
            new OperatorOrders(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** The same without the order that was answered. */
    OperatorOrders without(Action.OrderKind kind) {
        return new OperatorOrders(
                kind == Action.OrderKind.RESTART ? Optional.empty() : restart,
                kind == Action.OrderKind.SCHEDULED_RESTART ? Optional.empty() : scheduledRestart,
                kind == Action.OrderKind.REINITIALIZE ? Optional.empty() : reinitialize,
                cancelReinitialize);
    }

    /** Only a restart at once. */
    public static OperatorOrders restart(RestartOrder order) {
        return new OperatorOrders(Optional.of(order), Optional.empty(), Optional.empty(), false);
    }

    /** Only a scheduled restart. */
    public static OperatorOrders scheduled(ScheduledRestart restart) {
        return new OperatorOrders(Optional.empty(), Optional.of(restart), Optional.empty(), false);
    }

    /** Only a new copy. */
    public static OperatorOrders reinitialize(ReinitializeOrder order) {
        return new OperatorOrders(Optional.empty(), Optional.empty(), Optional.of(order), false);
    }
}
