package io.pgha.dcs.etcd;

import io.pgha.dcs.wire.KeyLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that {@link EtcdDcs} must be told.
 *
 * @param keys the cluster: {@link KeyLayout#of} its namespace and scope
 * @param memberName this member; empty for tools, which must not call what writes a member's key or the lock
 * @param ttl TTL of the lease
 * @param retryTimeout the longest that one call takes
 */
public record EtcdSettings(
        EtcdEndpoints endpoints,
        Optional<EtcdLogin> login,
        EtcdTls tls,
        KeyLayout keys,
        String memberName,
        Duration ttl,
        Duration retryTimeout) {}
