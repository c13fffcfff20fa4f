package io.pgha.dcs.memory;

import java.time.Duration;

/** Decides what goes wrong between the clients and the store. Called on the caller's thread; must not block. */
public interface DcsFaults {
    /** Nothing goes wrong. */
    DcsFaults NONE = call -> CallFate.PASS;

    /** What becomes of this request; asked once for each attempt. */
    CallFate fateOf(DcsCall call);

    /**
     * Whether the client's watch connection works. While it does not, no event arrives, and the client is told of the
     * interruption with the next event that it misses or the next request that fails; then it tries again every second.
     */
    default boolean watchWorks(String client) {
        return true;
    }

    /** How long an event takes to the client. Events stay in order all the same. */
    default Duration watchDelay(String client) {
        return Duration.ZERO;
    }
}
