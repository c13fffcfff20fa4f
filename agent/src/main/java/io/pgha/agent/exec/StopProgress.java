package io.pgha.agent.exec;

import io.pgha.agent.port.Doorbell;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.postgres.StopObserver;
import java.util.Optional;

/** How far the stop that runs has come: told by the Job's thread, read by the loop, which alone writes to the DCS. */
public final class StopProgress implements StopObserver {
    private final Doorbell doorbell;
    private volatile Optional<Lsn> checkpoint = Optional.empty();

    public StopProgress(Doorbell doorbell) {
        this.doorbell = doorbell;
    }

    /** Another Job begins: what was told of an earlier stop is of no interest, but for the order to end. */
    void begin(JobKind kind) {
        if (kind != JobKind.SHUTDOWN) {
            checkpoint = Optional.empty();
        }
    }

    /** The position at which PostgreSQL stopped writing, once it is on disk. */
    public Optional<Lsn> shutdownCheckpoint() {
        return checkpoint;
    }

    @Override
    public void noMoreWrites() {
        doorbell.ring();
    }

    @Override
    public void shutdownCheckpoint(Lsn position) {
        checkpoint = Optional.of(position);
        doorbell.ring();
    }
}
