package io.pgha.postgres.memory;

import java.time.Duration;

/** The time in which modelled servers live. */
public interface ServerTime {
    /** Lets the calling agent wait. Whatever it throws unwinds the call in which the agent is. */
    void pause(Duration time);

    /** Lets something happen in the server later, whether or not an agent waits for it. */
    void after(Duration delay, Runnable action);
}
