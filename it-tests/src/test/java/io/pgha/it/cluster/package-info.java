/**
 * Clusters of real processes on loopback: etcd, agents with their PostgreSQL, HAProxy; a writer that remembers what was
 * acknowledged, a witness that sees who takes writes, and the faults. Runs pgha, and Patroni on the same configuration.
 *
 * <p>It must not know how an agent works inside: it sees processes, REST, SQL. Entry point: {@link io.pgha.it.cluster.Cluster}.
 */
@NullMarked
package io.pgha.it.cluster;

import org.jspecify.annotations.NullMarked;
