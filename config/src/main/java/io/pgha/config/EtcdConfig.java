package io.pgha.config;

import io.pgha.config.value.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How to reach etcd ({@code etcd:} and {@code etcd3:} mean the same, facts §2.4).
 *
 * @param discovery where to ask first
 * @param protocol {@code http} or {@code https}
 * @param credentials user name and password, if etcd asks for them
 * @param tls certificates; all empty: the system's authorities, no client certificate
 * @param useProxies whether the given endpoints are all there is: the list of members is not asked for
 */
public record EtcdConfig(
        Discovery discovery, String protocol, Optional<Login> credentials, Tls tls, boolean useProxies) {

    /** The port of etcd where none is written. */
    public static final int DEFAULT_PORT = 2379;

    /** Where etcd is found. */
    public sealed interface Discovery {}

    /** Addresses to try in turn, in whichever of the forms they were written. */
    public record Hosts(List<HostPort> hosts) implements Discovery {
        public Hosts {
            hosts = List.copyOf(hosts);
        }
    }

    /** {@code srv}: DNS is asked for {@code _etcd<x>._tcp.<domain>}, the suffix appended to the service's name. */
    public record Srv(String domain, Optional<String> suffix) implements Discovery {}

    /** Certificates, each the path of a PEM file. */
    public record Tls(Optional<Path> cacert, Optional<Path> cert, Optional<Path> key) {
        /** Nothing configured. */
        public static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The endpoints that are written in the configuration, as {@code http://host:port}; empty for {@link Srv}. */
    public List<String> endpoints() {
        return discovery instanceof Hosts hosts
                ? hosts.hosts().stream().map(host -> protocol + "://" + host).toList()
                : List.of();
    }

    /** A user and a password. */
    public record Login(String username, Secret password) {}
}
