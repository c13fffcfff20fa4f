package io.pgha.restapi;

/** The dynamic setting {@code synchronous_mode}, as far as health checks need it (facts §3.3, §3.6). */
public enum SynchronousMode {
    OFF,
    PRIORITY,
    QUORUM
}
