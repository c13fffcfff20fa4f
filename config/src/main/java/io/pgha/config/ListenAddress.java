package io.pgha.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code postgresql.listen}: {@code addr[,addr…]:port} (facts §2.6).
 *
 * @param addresses as they go into listen_addresses
 * @param port of the server
 */
public record ListenAddress(List<String> addresses, int port) {

    private static final Set<String> LOCAL = Set.of("*", "localhost", "0.0.0.0", "127.0.0.1");

    public ListenAddress {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads the text; a port that is missing is 5432. Empty where port or addresses make no sense. As in Patroni the last
     * colon separates the port, so an IPv6 address never stands without one; brackets around it disappear.
     */
    public static Optional<ListenAddress> parse(String text) {
        String trimmed = text.trim();
        int colon = trimmed.lastIndexOf(':');
        Optional<HostPort> port =
                colon < 0 ? Optional.of(new HostPort("", 5432)) : HostPort.parse(trimmed.substring(colon));
        List<String> addresses = new ArrayList<>();
        for (String address : (colon < 0 ? trimmed : trimmed.substring(0, colon)).split(",", -1)) {
            if (!address.isBlank()) {
                addresses.add(address.trim().replaceAll("^\\[|]$", ""));
            }
        }
        return addresses.isEmpty() ? Optional.empty() : port.map(p -> new ListenAddress(addresses, p.port()));
    }

    /** The value of listen_addresses. */
    public String listenAddresses() {
        return String.join(",", addresses);
    }

    /** Where the agent itself connects over TCP: localhost where the server listens there, else the first address. */
    public String localHost() {
        return addresses.stream().anyMatch(LOCAL::contains) ? "localhost" : addresses.get(0);
    }
}
