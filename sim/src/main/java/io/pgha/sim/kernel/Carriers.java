package io.pgha.sim.kernel;

/** Where the coroutines of one runner get their carriers; not for use by two worlds at the same time. */
public sealed interface Carriers extends AutoCloseable permits Continuations, ThreadCarriers {
    /** The fastest kind that this Java has: continuations, or threads. The same happens on both. */
    static Carriers open() {
        return Continuations.areHere() ? new Continuations() : new ThreadCarriers();
    }

    /** A carrier for this code, which has not begun. */
    Carrier carry(Runnable code);

    /** Ends what is idle. */
    @Override
    void close();
}
