package io.pgha.sim.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/** The idle carriers of one runner; not for use by two worlds at the same time. */
public final class Carriers implements AutoCloseable {
    private final Deque<Carrier> idle = new ArrayDeque<>();
    private int made;

    Carrier take() {
        Carrier carrier = idle.pollLast();
        return carrier != null ? carrier : new Carrier(++made);
    }

    void giveBack(Carrier carrier) {
        idle.addLast(carrier);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        idle.forEach(Carrier::end);
        idle.clear();
    }
}
