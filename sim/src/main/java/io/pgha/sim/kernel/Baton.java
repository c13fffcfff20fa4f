package io.pgha.sim.kernel;

import java.util.concurrent.locks.LockSupport;

/** The right to run: one thread of a simulated world has it; the others are parked in {@link #await}. */
final class Baton {
    private final Thread owner;
    private volatile boolean mine;

    Baton(Thread owner) {
        this.owner = owner;
    }

    /** Lets the owner run. The caller has to await its own baton, or to end, at once. */
    void pass() {
        mine = true;
        LockSupport.unpark(owner);
    }

    /** Parks the owner until it may run. */
    void await() {
        while (!mine) {
            LockSupport.park(this);
        }
        mine = false;
    }

    /** Like {@link #await}, for a limited real time; says whether it may run. */
    boolean await(long nanos) {
        long end = System.nanoTime() + nanos;
        while (!mine) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        mine = false;
        return true;
    }
}
