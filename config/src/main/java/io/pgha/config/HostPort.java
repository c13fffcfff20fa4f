package io.pgha.config;

import java.util.Optional;

/**
 * A host and a port, as in {@code 10.0.0.1:5432}, {@code [::1]:8008} or {@code *:8008}.
 *
 * @param host name or address without brackets; {@code *} or empty for all
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {

    /** Reads {@code host:port}; empty where the port is missing or is no number from 0 to 65535. */
    public static Optional<HostPort> parse(String text) {
        return parse(text, -1);
    }

    /** Reads {@code host[:port]}. */
    public static Optional<HostPort> parse(String text, int defaultPort) {
        String trimmed = text.trim();
        int colon = trimmed.lastIndexOf(':');
        boolean bareIpv6 = colon > 0 && trimmed.indexOf(':') != colon && !trimmed.contains("]");
        if (bareIpv6 && defaultPort >= 0) {
            return Optional.of(new HostPort(trimmed, defaultPort));
        }
        if (colon < 0 || trimmed.endsWith("]")) {
            return defaultPort < 0 ? Optional.empty() : Optional.of(new HostPort(unbracketed(trimmed), defaultPort));
        }
        String digits = trimmed.substring(colon + 1);
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) > 65535) {
            return Optional.empty();
        }
        return Optional.of(new HostPort(unbracketed(trimmed.substring(0, colon)), Integer.parseInt(digits)));
    }

    /** Whether this stands for every address of the machine. */
    public boolean wildcard() {
        return host.isEmpty() || host.equals("*") || host.equals("0.0.0.0") || host.equals("::");
    }

    /** Whether other machines cannot reach this address. */
    public boolean loopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    /** {@code host:port}, IPv6 addresses in brackets. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
