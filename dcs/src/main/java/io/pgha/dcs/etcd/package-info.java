/**
 * The adapter to etcd v3: jetcd's generated gRPC calls on one plain Netty connection (ADR 0005).
 *
 * <p>Nobody outside imports gRPC, Netty or protobuf. It knows requests, endpoints, tokens and time-outs, and nothing of
 * what the keys mean: that is {@code dcs.kv} and {@code dcs.wire}. Entry points: {@link io.pgha.dcs.etcd.EtcdDcs} and
 * {@link io.pgha.dcs.etcd.EtcdSettings}.
 */
@NullMarked
package io.pgha.dcs.etcd;

import org.jspecify.annotations.NullMarked;
