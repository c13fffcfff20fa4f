package io.pgha.core.sync;

import io.pgha.core.model.SyncNames;
import java.time.Duration;

/** One safe step towards what is wanted. Data only; {@link Handler} carries it out. */
public sealed interface SyncStep {
    /** Gives the step to the handler's method for it. */
    <R> R accept(Handler<R> handler);

    /** Writes the key {@code sync} over the version last read; on a conflict the plan is void until the next cycle. */
    record WriteSyncKey(SyncPromise promise) implements SyncStep {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.writeSyncKey(this);
        }
    }

    /** Deletes the key {@code sync} in the version last read. */
    record DeleteSyncKey() implements SyncStep {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.deleteSyncKey(this);
        }
    }

    /**
     * Sets {@code synchronous_standby_names}, reloads, waits until PostgreSQL shows the new value, and produces a little
     * WAL (see {@link NamesInForce}). An outcome that is not known to be good voids the rest of the plan.
     */
    record SetNames(SyncNames names) implements SyncStep {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.setNames(this);
        }
    }

    /** Gives {@code synchronous_standby_names} back to the operator: the configured text as it is written, or none. */
    record RestoreOwnNames() implements SyncStep {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.restoreOwnNames(this);
        }
    }

    /** Observes again after this time and plans anew, if the cycle has that long; always the last step. */
    record Reevaluate(Duration after) implements SyncStep {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.reevaluate(this);
        }
    }

    /** One method for each step. */
    interface Handler<R> {
        R writeSyncKey(WriteSyncKey step);

        R deleteSyncKey(DeleteSyncKey step);

        R setNames(SetNames step);

        R restoreOwnNames(RestoreOwnNames step);

        R reevaluate(Reevaluate step);
    }
}
