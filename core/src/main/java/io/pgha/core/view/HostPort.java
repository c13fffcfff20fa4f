package io.pgha.core.view;

import java.util.Optional;

/**
 * Where a server listens.
 *
 * @param host name or address, IPv6 without brackets
 * @param port TCP port
 */
public record HostPort(String host, int port) {
    private static final int POSTGRES_PORT = 5432;

    /**
     * Reads host and port from {@code postgres://[user@]host[:port][/database][?options]}.
     *
     * @return empty when the text is not such a URL
     */
    public static Optional<HostPort> ofConnUrl(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0 || !url.startsWith("postgres")) {
            return Optional.empty();
        }
        String authority = url.substring(scheme + 3).split("[/?#]", 2)[0];
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        int bracket = authority.indexOf(']');
        if (authority.startsWith("[") && bracket > 0) {
            return of(authority.substring(1, bracket), authority.substring(bracket + 1));
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? of(authority, "") : of(authority.substring(0, colon), authority.substring(colon));
    }

    private static Optional<HostPort> of(String host, String colonAndPort) {
        if (host.isEmpty()) {
            return Optional.empty();
        }
        if (colonAndPort.length() < 2) {
            return Optional.of(new HostPort(host, POSTGRES_PORT));
        }
        try {
            return Optional.of(new HostPort(host, Integer.parseInt(colonAndPort.substring(1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
