package io.pgha.it.cluster;

/**
 * How quick a cluster is to react.
 *
 * @param ttl of the leader lock, in seconds
 * @param loopWait in seconds
 * @param retryTimeout in seconds
 */
public record Timing(int ttl, int loopWait, int retryTimeout) {
    /** Reacts as fast as pgha allows: below Patroni's smallest ttl. */
    public static final Timing FAST = new Timing(5, 1, 2);
}
