package io.pgha.postgres.local;

import io.pgha.postgres.PostgresSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server could listen where it is told to. Its own words for it would only stand in its log. */
final class PortCheck {
    private static final Logger log = LoggerFactory.getLogger(PortCheck.class);

    private PortCheck() {}

    /** What is in the way, one sentence with a remedy. */
    static Optional<String> complaint(PostgresSettings settings) {
        for (InetAddress address : addresses(settings.listenAddresses())) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(address, settings.port()));
            } catch (IOException e) {
                return Optional.of(
                        "PostgreSQL cannot listen on " + address.getHostAddress() + " port " + settings.port() + " ("
                                + e.getMessage() + "): end the process that uses it, or correct postgresql.listen");
            }
        }
        return Optional.empty();
    }

    /** Names that do not resolve are left to PostgreSQL, which goes on with the others. */
    private static List<InetAddress> addresses(String listenAddresses) {
        List<InetAddress> found = new ArrayList<>();
        for (String name :
                Arrays.stream(listenAddresses.split(",")).map(String::strip).toList()) {
            try {
                if (name.equals("*")) {
                    found.add(InetAddress.getByAddress(new byte[4]));
                } else if (!name.isEmpty()) {
                    found.add(InetAddress.getByName(name));
                }
            } catch (UnknownHostException e) {
                log.debug("{} does not resolve", name);
            }
        }
        return found;
    }
}
