package io.pgha.core.decide;

/** What became of the lock's renewal in this cycle. */
public sealed interface LockRenewal {
    /** It was not tried yet. */
    record Untried() implements LockRenewal {}

    /** It is renewed. */
    record Renewed() implements LockRenewal {}

    /** @param reason the DCS said that the lock is not ours */
    record Refused(String reason) implements LockRenewal {}

    /** The DCS was silent, and all members have promised not to lead. */
    record Agreed() implements LockRenewal {}

    /** @param reason the DCS was silent, and not every member promised not to lead */
    record Disagreed(String reason) implements LockRenewal {}

    /** @param reason there was no usable answer */
    record Uncertain(String reason) implements LockRenewal {}
}
