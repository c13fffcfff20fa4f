package io.pgha.dcs;

/**
 * What came of a call to the DCS. Expected trouble is a value here, never an exception; every failure of a client
 * library is mapped to one of these few.
 *
 * @param <T> what a call that was carried out gives back
 */
public sealed interface DcsOutcome<T> {
    /**
     * It was carried out.
     *
     * @param value the result
     */
    record Done<T>(T value) implements DcsOutcome<T> {}

    /**
     * The DCS answered, and the answer is no: a compare failed, the key belongs to somebody else.
     *
     * @param reason one sentence
     */
    record Refused<T>(String reason) implements DcsOutcome<T> {}

    /**
     * The lease is gone; the call was not carried out. The next call gets a new lease.
     *
     * @param reason one sentence
     */
    record LeaseLost<T>(String reason) implements DcsOutcome<T> {}

    /**
     * The DCS does not let us: authentication or permission.
     *
     * @param reason one sentence, without the password
     */
    record Denied<T>(String reason) implements DcsOutcome<T> {}

    /**
     * The DCS could not be reached, and the call was certainly not carried out.
     *
     * @param reason one sentence
     */
    record Unavailable<T>(String reason) implements DcsOutcome<T> {}

    /**
     * The deadline passed without an answer. A write may or may not have been carried out.
     *
     * @param reason one sentence
     */
    record Unknown<T>(String reason) implements DcsOutcome<T> {}

    /** A call without a result was carried out. */
    @SuppressWarnings("NullAway") // Void has no value but null.
    static DcsOutcome<Void> done() {
        return new Done<>(null);
    }

    default boolean isDone() {
        return this instanceof Done;
    }

    /** The reason of anything but {@link Done}; empty text for that. */
    default String reason() {
        if (this instanceof Refused<T> refused) {
            return refused.reason();
        } else if (this instanceof LeaseLost<T> lost) {
            return lost.reason();
        } else if (this instanceof Denied<T> denied) {
            return denied.reason();
        } else if (this instanceof Unavailable<T> unavailable) {
            return unavailable.reason();
        } else if (this instanceof Unknown<T> unknown) {
            return unknown.reason();
        }
        return "";
    }
}
