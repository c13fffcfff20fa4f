package io.pgha.config;

import io.pgha.config.value.Secret;
import io.pgha.config.value.Values;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code etcd} or {@code etcd3}: all forms in which the servers may be given (facts §2.4). */
final class EtcdSection {

    private final Values section;
    private final Optional<URI> url;

    private EtcdSection(Values section) {
        this.section = section;
        this.url = section.filled("proxy").or(() -> section.filled("url")).flatMap(EtcdSection::uri);
    }

    /** The section of the configuration that is used: etcd before etcd3, as Patroni tries them. */
    static Optional<String> nameIn(Values local) {
        return local.has("etcd") ? Optional.of("etcd") : local.has("etcd3") ? Optional.of("etcd3") : Optional.empty();
    }

    /** Empty where no form of address is given. */
    static Optional<EtcdConfig> read(Values local) {
        return nameIn(local).flatMap(name -> new EtcdSection(local.section(name)).config());
    }

    private Optional<EtcdConfig> config() {
        return discovery()
                .map(discovery -> new EtcdConfig(
                        discovery,
                        url.map(URI::getScheme)
                                .or(() -> section.filled("protocol"))
                                .orElse("http"),
                        login(),
                        new EtcdConfig.Tls(path("cacert"), path("cert"), path("key")),
                        section.has("proxy") || section.bool("use_proxies", false)));
    }

    // Priority: proxy, url, srv, hosts, host.
    private Optional<EtcdConfig.Discovery> discovery() {
        if (url.isPresent()) {
            String host = url.get().getHost();
            int port = url.get().getPort();
            return Optional.of(
                    new EtcdConfig.Hosts(List.of(new HostPort(bare(host), port < 0 ? EtcdConfig.DEFAULT_PORT : port))));
        }
        Optional<String> domain =
                section.filled("srv").or(() -> section.filled("discovery_srv")).or(() -> section.filled("srv_domain"));
        if (domain.isPresent()) {
            return Optional.of(new EtcdConfig.Srv(domain.get(), section.filled("srv_suffix")));
        }
        int port = section.small("port", EtcdConfig.DEFAULT_PORT);
        List<String> written = section.separated("hosts");
        List<HostPort> hosts = new ArrayList<>();
        for (String host : written.isEmpty() ? section.filled("host").stream().toList() : written) {
            HostPort.parse(host.replaceFirst("^https?://", "").replaceFirst("/$", ""), port)
                    .ifPresent(hosts::add);
        }
        return hosts.isEmpty() ? Optional.empty() : Optional.of(new EtcdConfig.Hosts(hosts));
    }

    private Optional<EtcdConfig.Login> login() {
        Optional<String> userInfo = url.map(URI::getRawUserInfo);
        if (userInfo.isPresent()) {
            String[] parts = userInfo.get().split(":", 2);
            return Optional.of(
                    new EtcdConfig.Login(decoded(parts[0]), new Secret(parts.length > 1 ? decoded(parts[1]) : "")));
        }
        return section.filled("username")
                .map(user ->
                        new EtcdConfig.Login(user, section.secret("password").orElse(new Secret(""))));
    }

    private Optional<Path> path(String key) {
        return section.filled(key).map(Path::of);
    }

    static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text.trim());
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // the validation says what a URL should look like
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
