/**
 * Bringing a server that left the leader's history back: comparing histories, crash recovery, pg_rewind, and the WAL
 * that has to be saved or fetched for it (facts §5.12 and §6.11).
 *
 * <p>It must not know who the leader is, nor the loop.
 */
@NullMarked
package io.pgha.postgres.rewind;

import org.jspecify.annotations.NullMarked;
