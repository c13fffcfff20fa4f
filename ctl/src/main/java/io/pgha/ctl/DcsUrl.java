package io.pgha.ctl;

import io.pgha.config.EtcdConfig;
import io.pgha.config.HostPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The option {@code -d}: {@code scheme://host:port/namespace} (facts §4.1). It takes the place of everything that the
 * configuration says about the DCS.
 *
 * @param etcd the server
 * @param namespace when the URL has one
 */
record DcsUrl(EtcdConfig etcd, Optional<String> namespace) {
    private static final Set<String> OTHERS = Set.of("consul", "zookeeper", "exhibitor", "raft", "kubernetes");

    static DcsUrl parse(String text) {
        URI url = uri(text.contains("://") ? text : "etcd://" + text);
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (OTHERS.contains(scheme)) {
            throw new CtlException("-d " + text + ": pgha speaks to etcd only (etcd:// or etcd3://)");
        }
        boolean https = scheme.equals("https");
        if (!https && !Set.of("etcd", "etcd3", "http").contains(scheme)) {
            throw new CtlException(
                    "-d " + text + ": unknown kind of DCS \"" + scheme + "\"; expected etcd://HOST:PORT/NAMESPACE");
        }
        int port = url.getPort() < 0 ? EtcdConfig.DEFAULT_PORT : url.getPort();
        String path = url.getPath() == null ? "" : url.getPath().replaceAll("^/+|/+$", "");
        return new DcsUrl(
                new EtcdConfig(
                        new EtcdConfig.Hosts(List.of(new HostPort(url.getHost(), port))),
                        https ? "https" : "http",
                        Optional.empty(),
                        EtcdConfig.Tls.NONE,
                        false),
                path.isEmpty() ? Optional.empty() : Optional.of(path));
    }

    private static URI uri(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new CtlException("-d " + text + " is no URL; expected etcd://HOST:PORT/NAMESPACE", e);
        }
        throw new CtlException("-d " + text + " names no host; expected etcd://HOST:PORT/NAMESPACE");
    }
}
