package io.pgha.dcs.kv;

import java.time.Duration;

/**
 * The one lease of a member.
 *
 * @param id never 0
 * @param ttl the TTL it was granted with
 */
record Lease(long id, Duration ttl) {}
