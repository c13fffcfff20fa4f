package io.pgha.core.model;

/**
 * What an operator asks for with {@code POST /reinitialize} (facts §3.8).
 *
 * @param force cancel the Job that runs
 * @param fromLeader copy the leader with pg_basebackup, whatever methods and sources are configured
 */
public record ReinitializeOrder(boolean force, boolean fromLeader) {}
