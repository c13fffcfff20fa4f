package io.pgha.postgres.conf;

import java.util.ArrayList;
import java.util.List;

/** The text of pg_hba.conf (facts §6.4). */
public final class HbaFile {
    private HbaFile() {}

    /** The configured lines behind the header. */
    public static String text(List<String> lines) {
        return FileOfLines.text(lines);
    }

    /**
     * While a custom bootstrap method's server comes up, the agent must get in whatever is in the restored file: trust
     * for the socket and the own address (facts §6.10).
     *
     * @param address own TCP address or host name; empty text: only the socket
     * @throws IllegalArgumentException when the address cannot stand in the file
     */
    public static String duringCustomBootstrap(String address) {
        List<String> lines = new ArrayList<>(List.of("local all all trust"));
        if (address.equals("localhost")) {
            lines.add("host all all 127.0.0.1/32 trust");
            lines.add("host all all ::1/128 trust");
        } else if (!address.isEmpty()) {
            boolean ipv6 = address.indexOf(':') >= 0;
            boolean ipv4 = address.matches("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
            lines.add("host all all " + (ipv6 ? address + "/128" : ipv4 ? address + "/32" : field(address)) + " trust");
        }
        return text(lines);
    }

    /**
     * A name as a field of the file: in quotes where it needs them, so that {@code all} is a role's name.
     *
     * @throws IllegalArgumentException when it has a line break, zero byte or quote, which older servers cannot read
     */
    public static String field(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c < 0x20 || c == '"' || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "'" + Conninfo.printable(name) + "' cannot stand in pg_hba.conf: quotes and control characters");
        }
        return name.matches("[a-z0-9_.-]+")
                        && !List.of("all", "replication", "sameuser", "samerole", "samegroup", "samehost", "samenet")
                                .contains(name)
                ? name
                : '"' + name + '"';
    }
}
