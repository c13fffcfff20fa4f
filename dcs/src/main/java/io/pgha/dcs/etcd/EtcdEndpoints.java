package io.pgha.dcs.etcd;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where etcd is (facts §2.4).
 *
 * @param hosts as configured, {@code http://host:port} or {@code https://host:port}; may be empty with {@code srv}
 * @param srv domain whose SRV records name the hosts
 * @param srvSuffix suffix of the service's name in these records
 * @param discovery whether the list is replaced by what etcd's members advertise; not with {@code use_proxies} or
 *     {@code proxy}
 */
public record EtcdEndpoints(List<URI> hosts, Optional<String> srv, Optional<String> srvSuffix, boolean discovery) {
    public EtcdEndpoints {
        hosts = List.copyOf(hosts);
    }

    /** These hosts, and what they advertise. */
    public static EtcdEndpoints of(List<URI> hosts) {
        return new EtcdEndpoints(hosts, Optional.empty(), Optional.empty(), true);
    }
}
