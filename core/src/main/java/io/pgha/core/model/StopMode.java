package io.pgha.core.model;

/** How to stop PostgreSQL (facts §6.3). */
public enum StopMode {
    /** Waits for clients to leave. */
    SMART,
    /** Ends the clients, writes a shutdown checkpoint. */
    FAST,
    /** Ends everything at once; crash recovery at the next start. */
    IMMEDIATE
}
