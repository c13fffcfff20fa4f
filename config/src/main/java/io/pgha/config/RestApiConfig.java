package io.pgha.config;

import io.pgha.config.value.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code restapi} (facts §2.8).
 *
 * @param listen where the server listens; host empty or {@code *}: everywhere
 * @param connectAddress what is published to other members
 * @param login user and password that unsafe endpoints ask for
 * @param tls certificates; without a certificate the API speaks plain HTTP
 * @param access who may use unsafe endpoints
 * @param headers extra response headers
 * @param requestQueueSize listen backlog
 * @param threadPoolSize Patroni's number of worker threads; ours are not limited by it
 * @param serverTokens what the Server header tells: {@code original}, {@code minimal} or {@code productonly}
 */
public record RestApiConfig(
        HostPort listen,
        HostPort connectAddress,
        Optional<EtcdConfig.Login> login,
        Tls tls,
        Access access,
        Headers headers,
        int requestQueueSize,
        int threadPoolSize,
        String serverTokens) {

    /** How clients must show a certificate. */
    public enum VerifyClient {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** Certificates of the server, PEM files. */
    public record Tls(
            Optional<Path> certfile,
            Optional<Path> keyfile,
            Optional<Secret> keyfilePassword,
            Optional<Path> cafile,
            Optional<String> ciphers,
            VerifyClient verifyClient) {}

    /** Hosts, addresses and networks that may use unsafe endpoints; an empty list without members: everybody. */
    public record Access(List<String> allowlist, boolean includeMembers) {
        public Access {
            allowlist = List.copyOf(allowlist);
        }
    }

    /** Extra headers on every response, and those added only with TLS. */
    public record Headers(Map<String, String> http, Map<String, String> https) {
        public Headers {
            http = Map.copyOf(http);
            https = Map.copyOf(https);
        }
    }

    /** Whether the API speaks HTTPS. */
    public boolean https() {
        return tls.certfile().isPresent();
    }

    /** The URL that goes into the member key, {@code http(s)://host:port/patroni} (facts §1.4). */
    public String apiUrl() {
        return (https() ? "https://" : "http://") + connectAddress + "/patroni";
    }
}
