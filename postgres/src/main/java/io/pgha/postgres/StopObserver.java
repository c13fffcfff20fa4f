package io.pgha.postgres;

import io.pgha.core.model.Lsn;

/** Is told how far a stop has come (facts §5.11, §6.3). Both are called at most once, on the stopping thread. */
public interface StopObserver {
    /** All client backends are gone, or the control file says shut down: nobody writes any more. */
    void noMoreWrites();

    /**
     * The shutdown checkpoint is written, though the postmaster may still wait for archiver and WAL senders.
     *
     * @param position end of the last real record (facts §5.11 "early release")
     */
    void shutdownCheckpoint(Lsn position);

    /** Wants to know nothing. */
    StopObserver NONE = new StopObserver() {
        @Override
        public void noMoreWrites() {}

        @Override
        public void shutdownCheckpoint(Lsn position) {}
    };
}
