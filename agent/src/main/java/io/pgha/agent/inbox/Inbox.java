package io.pgha.agent.inbox;

import io.pgha.agent.port.Doorbell;
import io.pgha.core.action.Action;
import io.pgha.core.decide.OperatorOrders;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.ScheduledRestart;
import io.pgha.postgres.Result;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The orders of operators that were not begun yet: at most one of each kind. Any thread; nothing here blocks. What was
 * posted wakes the loop, which looks at {@link #orders} once a cycle.
 */
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private final Doorbell doorbell;
    private Optional<Ticket<RestartOrder>> restart = Optional.empty();
    private Optional<ScheduledRestart> scheduled = Optional.empty();
    private Optional<Ticket<ReinitializeOrder>> reinitialize = Optional.empty();
    private boolean cancelReinitialize;

    /** @param doorbell wakes the loop */
    public Inbox(Doorbell doorbell) {
        this.doorbell = doorbell;
    }

    /** Posts a restart at once; empty when another one waits to begin. */
    public Optional<Ticket<RestartOrder>> restart(RestartOrder order) {
        Ticket<RestartOrder> ticket = new Ticket<>(order);
        synchronized (this) {
            if (restart.isPresent()) {
                return Optional.empty();
            }
            restart = Optional.of(ticket);
        }
        doorbell.ring();
        return Optional.of(ticket);
    }

    /** Schedules a restart; false when one is scheduled already. */
    public boolean schedule(ScheduledRestart order) {
        synchronized (this) {
            if (scheduled.isPresent()) {
                return false;
            }
            scheduled = Optional.of(order);
        }
        doorbell.ring();
        return true;
    }

    /** Forgets the scheduled restart; false when there is none. */
    public boolean unschedule() {
        synchronized (this) {
            if (scheduled.isEmpty()) {
                return false;
            }
            scheduled = Optional.empty();
        }
        doorbell.ring();
        return true;
    }

    /** Posts a request for a new copy; empty when another one waits to begin. */
    public Optional<Ticket<ReinitializeOrder>> reinitialize(ReinitializeOrder order) {
        Ticket<ReinitializeOrder> ticket = new Ticket<>(order);
        synchronized (this) {
            if (reinitialize.isPresent()) {
                return Optional.empty();
            }
            reinitialize = Optional.of(ticket);
            cancelReinitialize = false;
        }
        doorbell.ring();
        return Optional.of(ticket);
    }

    /** Asks for the copy that is being made to be given up. */
    public void cancelReinitialize() {
        synchronized (this) {
            cancelReinitialize = true;
        }
        doorbell.ring();
    }

    /** The request to give the copy up was obeyed, or there is nothing to give up. */
    public synchronized void cancelled() {
        cancelReinitialize = false;
    }

    /** Takes a request back that has not begun; false when it has. */
    public synchronized boolean withdraw(Ticket<?> ticket) {
        boolean waiting = restart.filter(ticket::equals).isPresent()
                || reinitialize.filter(ticket::equals).isPresent();
        restart = restart.filter(one -> !one.equals(ticket));
        reinitialize = reinitialize.filter(one -> !one.equals(ticket));
        return waiting;
    }

    /** What waits to be begun. */
    public synchronized OperatorOrders orders() {
        return new OperatorOrders(
                restart.map(Ticket::order), scheduled, reinitialize.map(Ticket::order), cancelReinitialize);
    }

    /**
     * Takes the restart that is begun now: the one that was posted, or else the scheduled one, of which nobody waits for
     * the end.
     */
    public synchronized Ticket<RestartOrder> takeRestart(RestartOrder order) {
        Optional<Ticket<RestartOrder>> posted =
                restart.filter(ticket -> ticket.order().equals(order));
        if (posted.isPresent()) {
            restart = Optional.empty();
            posted.get().begin();
            return posted.get();
        }
        scheduled = scheduled.filter(one -> !one.order().equals(order));
        return new Ticket<>(order);
    }

    /** Takes the request for a new copy that is begun now. */
    public synchronized Ticket<ReinitializeOrder> takeReinitialize(ReinitializeOrder order) {
        Ticket<ReinitializeOrder> ticket = reinitialize.orElseGet(() -> new Ticket<>(order));
        reinitialize = Optional.empty();
        ticket.begin();
        return ticket;
    }

    /** Answers with a no. */
    public void refuse(Action.OrderKind kind, String reason) {
        LOG.warn("an operator's order is refused ({}): {}", kind, reason);
        Optional<? extends Ticket<?>> refused;
        synchronized (this) {
            refused = switch (kind) {
                case RESTART -> restart;
                case REINITIALIZE -> reinitialize;
                case SCHEDULED_RESTART -> Optional.empty();
            };
            switch (kind) {
                case RESTART -> restart = Optional.empty();
                case REINITIALIZE -> reinitialize = Optional.empty();
                case SCHEDULED_RESTART -> scheduled = Optional.empty();
            }
        }
        refused.ifPresent(ticket -> ticket.finish(new Result.Failed(reason)));
    }
}
