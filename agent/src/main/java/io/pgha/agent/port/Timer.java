package io.pgha.agent.port;

import io.pgha.core.model.MonotonicTime;

/** Runs the lease guard at its deadline, whatever the loop is doing. */
public interface Timer {
    /**
     * Runs the action at the time given, on a thread of its own, replacing what was scheduled before.
     *
     * @param when on the monotonic clock; a time that has passed means at once
     */
    void schedule(MonotonicTime when, Runnable action);

    /** Takes back what is scheduled, if it has not begun. */
    void cancel();
}
