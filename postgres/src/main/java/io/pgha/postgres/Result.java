package io.pgha.postgres;

/** What came of an order to PostgreSQL. Expected trouble is a value here. */
public sealed interface Result {
    /**
     * It was reached.
     *
     * @param message what was reached, one sentence
     */
    record Succeeded(String message) implements Result {}

    /**
     * It was not reached.
     *
     * @param message why, and what to do about it; never contains a password
     */
    record Failed(String message) implements Result {}

    /**
     * The time ran out; PostgreSQL may still get there.
     *
     * @param message what was waited for
     */
    record TimedOut(String message) implements Result {}

    /** The one who ordered it did not want it any more. */
    record Cancelled() implements Result {}

    default boolean succeeded() {
        return this instanceof Succeeded;
    }

    /** The sentence in it. */
    default String message() {
        if (this instanceof Succeeded ok) {
            return ok.message();
        } else if (this instanceof Failed failed) {
            return failed.message();
        } else if (this instanceof TimedOut late) {
            return late.message();
        }
        return "cancelled";
    }
}
