/**
 * The semantics of {@link io.pgha.dcs.Dcs} on any store that has etcd's transactions, leases and watches: which
 * transaction each call is, what may be repeated, who owns the lease, the copy that the watch keeps (facts §1.5, §1.5a).
 *
 * <p>Both adapters, etcd and memory, are only a {@link io.pgha.dcs.kv.KvClient} below this: what the simulator proves
 * about {@link io.pgha.dcs.kv.KvDcs} holds for the real one. It must not know gRPC, threads or a clock of its own.
 */
@NullMarked
package io.pgha.dcs.kv;

import org.jspecify.annotations.NullMarked;
