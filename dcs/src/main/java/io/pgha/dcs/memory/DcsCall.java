package io.pgha.dcs.memory;

/**
 * One request on its way to the store, as faults see it.
 *
 * @param client who sends it (the member's name)
 * @param kind what kind of request
 * @param purpose what it is for: "renew the lease", "acquire the lock", "renew the lock", "release the lock", "read the
 *     cluster", "write the status", …
 */
public record DcsCall(String client, Kind kind, String purpose) {
    /** The requests that there are. */
    public enum Kind {
        RANGE,
        TXN,
        GRANT_LEASE,
        KEEP_LEASE,
        /** Establishing the watch, with the read before it. */
        WATCH
    }
}
