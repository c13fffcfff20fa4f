/**
 * SQL: the agent's own connections, each with a time-out, and the loop's one query.
 *
 * <p>It must not know processes, files or what the cluster wants. Entry points: {@link io.pgha.postgres.sql.Heartbeat},
 * {@link io.pgha.postgres.sql.ReplicationSession}.
 */
@NullMarked
package io.pgha.postgres.sql;

import org.jspecify.annotations.NullMarked;
