package io.pgha.agent.port;

import java.time.Duration;

/** What the loop sleeps on and what wakes it. */
public interface Doorbell {
    /** Wakes the loop, or keeps it from falling asleep the next time. Any thread; never blocks. */
    void ring();

    /**
     * Sleeps until rung or until the time has passed; a ring since the last call counts.
     *
     * @return whether it was rung
     * @throws InterruptedException when the loop is to end
     */
    boolean await(Duration longest) throws InterruptedException;
}
