package io.pgha.agent.port;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import java.util.Optional;

/**
 * The dead-man: it stands outside this process and stops the postmaster when it is not told in time to wait longer
 * (design "Time and the lock", rule 4).
 *
 * <p>Calls answer within half a second; an answer that does not come counts as not armed.
 */
public interface Fence {
    /**
     * Tells it how long it may stay quiet. Starts it where it does not run.
     *
     * @param deadline when it has to stop the postmaster
     * @param postmaster whom it has to stop
     * @return whether it confirmed
     */
    boolean arm(MonotonicTime deadline, Postmaster postmaster);

    /** Tells it that there is nothing to stop any more. */
    void disarm();

    /** What an operator reads: whether it is armed, and if not, why. */
    FenceStatus status();

    /** The watchdog device behind it, where there may be one. */
    default Optional<FenceStatus> device() {
        return Optional.empty();
    }

    /** Why this node must not lead: a watchdog device is required and cannot be used. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * @param armed whether it would act if this process died now
     * @param detail for example {@code dead-man pid 4711}, or what is wrong
     */
    record FenceStatus(boolean armed, String detail) {}
}
