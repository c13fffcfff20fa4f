package io.pgha.it.cluster;

import java.util.List;
import java.util.stream.Collectors;

/** Addresses for the JDBC driver, with time-outs that keep a dead server from holding up a test. */
final class Jdbc {
    private Jdbc() {}

    /**
     * The superuser's.
     *
     * @param ports on loopback; the driver tries them in this order
     * @param target the driver's targetServerType: any, primary
     */
    static String url(List<Integer> ports, String target) {
        return ports.stream()
                        .map(port -> "127.0.0.1:" + port)
                        .collect(Collectors.joining(",", "jdbc:postgresql://", "/postgres"))
                + "?user=postgres&password=" + NodeConfig.PASSWORD
                + "&targetServerType=" + target
                // The driver remembers for ten seconds who was primary.
                + "&hostRecheckSeconds=0&connectTimeout=1&socketTimeout=2&loginTimeout=2&sslmode=disable&gssEncMode=disable";
    }
}
