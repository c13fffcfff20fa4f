package io.pgha.config;

/** The dynamic key {@code synchronous_mode}. */
public enum SynchronousMode {
    OFF,
    ON,
    QUORUM;

    /** Whether the cluster manages synchronous standbys at all. */
    public boolean enabled() {
        return this != OFF;
    }
}
