package io.pgha.sim.kernel;

/** A stack of its own for the blocking code of a coroutine. */
interface Carrier {
    /**
     * Lets the code begin, or go on where it paused, and comes back when it pauses again or has ended. Called by the
     * thread that runs the world.
     */
    void run();

    /** Called by the code itself: {@link #run} comes back, and the code goes on with the next one. */
    void pause();
}
