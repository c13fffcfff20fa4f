package io.pgha.restapi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code restapi} of the configuration, as far as the server needs it (facts §2.8).
 *
 * @param host where to listen; empty text or {@code *} means everywhere
 * @param port TCP port, 0 for any free one (tests)
 * @param tls present: HTTPS only
 * @param credentials demanded for unsafe requests, when present
 * @param allowlist hosts, addresses and networks (CIDR) that may send unsafe requests; empty: everybody
 * @param allowlistIncludeMembers whether the members of the cluster may send unsafe requests, too
 * @param httpExtraHeaders added to every full response
 * @param httpsExtraHeaders added, and winning, with TLS
 * @param serverTokens what the header {@code Server} tells
 * @param requestQueueSize listen backlog; raised to 128, because a health check that is not accepted counts as failed
 */
public record RestSettings(
        String host,
        int port,
        Optional<TlsSettings> tls,
        Optional<Credentials> credentials,
        List<String> allowlist,
        boolean allowlistIncludeMembers,
        Map<String, String> httpExtraHeaders,
        Map<String, String> httpsExtraHeaders,
        ServerTokens serverTokens,
        int requestQueueSize) {

    /**
     * What HTTP basic authentication must give.
     *
     * @param username may contain anything but a colon
     * @param password never shown
     */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** The setting {@code server_tokens}. */
    public enum ServerTokens {
        ORIGINAL,
        MINIMAL,
        PRODUCT_ONLY
    }

    public RestSettings {
        allowlist = List.copyOf(allowlist);
        httpExtraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(httpExtraHeaders));
        httpsExtraHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(httpsExtraHeaders));
    }

    /** Plain HTTP without any access control. */
    public static RestSettings plain(String host, int port) {
        return new RestSettings(
                host,
                port,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Map.of(),
                Map.of(),
                ServerTokens.ORIGINAL,
                5);
    }

    public RestSettings withTls(TlsSettings value) {
        return new RestSettings(
                host,
                port,
                Optional.of(value),
                credentials,
                allowlist,
                allowlistIncludeMembers,
                httpExtraHeaders,
                httpsExtraHeaders,
                serverTokens,
                requestQueueSize);
    }

    public RestSettings withAccess(Optional<Credentials> login, List<String> allowed, boolean includeMembers) {
        return new RestSettings(
                host,
                port,
                tls,
                login,
                allowed,
                includeMembers,
                httpExtraHeaders,
                httpsExtraHeaders,
                serverTokens,
                requestQueueSize);
    }
}
