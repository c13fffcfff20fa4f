package io.pgha.postgres.conf;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The text of a libpq password file (facts §6.4): {@code host:port:database:user:password} on each line. */
public final class Pgpass {
    private static final String ANY = "*";

    private Pgpass() {}

    /**
     * One line per host of the connection, and one for localhost where a host is a socket directory. Keywords that are
     * missing match everything.
     *
     * @param conninfo with host, port and user where they are known
     * @param password not empty
     * @throws IllegalArgumentException when a value has a line break or zero byte, which such a file cannot hold
     */
    public static String text(Conninfo conninfo, String password) {
        String user = conninfo.value("user").map(value -> field("user", value)).orElse(ANY);
        String[] hosts = conninfo.value("host").orElse(ANY).split(",", -1);
        String[] ports = conninfo.value("port").orElse(ANY).split(",", -1);
        Set<String> lines = new LinkedHashSet<>();
        for (int i = 0; i < hosts.length; i++) {
            String port = anyOr("port", ports[ports.length == 1 ? 0 : Math.min(i, ports.length - 1)]);
            List<String> names = hosts[i].startsWith("/") ? List.of(hosts[i], "localhost") : List.of(hosts[i]);
            for (String name : names) {
                String line = String.join(":", anyOr("host", name), port, ANY, user, field("password", password));
                lines.add((line.startsWith("#") ? "\\" : "") + line + "\n");
            }
        }
        return String.join("", lines);
    }

    /** The password that libpq would take from this file for one host; empty when no line matches. */
    public static Optional<String> password(String content, String host, String port, String database, String user) {
        for (String line : content.split("\n", -1)) {
            if (line.startsWith("#")) {
                continue;
            }
            List<String> fields = fields(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            if (fields.size() == 5
                    && matches(fields.get(0), host)
                    && matches(fields.get(1), port)
                    && matches(fields.get(2), database)
                    && matches(fields.get(3), user)) {
                return Optional.of(unescaped(fields.get(4)));
            }
        }
        return Optional.empty();
    }

    /** Whether the file gives this password for each host of the connection (facts §6.6: a changed password). */
    public static boolean holds(String content, Conninfo conninfo, String password) {
        String[] hosts = conninfo.value("host").orElse("localhost").split(",", -1);
        String[] ports = conninfo.value("port").orElse("5432").split(",", -1);
        String user = conninfo.value("user").orElse("");
        for (int i = 0; i < hosts.length; i++) {
            String port = ports[ports.length == 1 ? 0 : Math.min(i, ports.length - 1)];
            if (!password(content, hosts[i], port, "replication", user)
                    .filter(password::equals)
                    .isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static String anyOr(String name, String value) {
        return value.isEmpty() || value.equals(ANY) ? ANY : field(name, value);
    }

    private static String field(String name, String value) {
        if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new IllegalArgumentException("the " + name
                    + " has a line break or zero byte, which libpq's password file cannot hold: change it");
        }
        return value.replace("\\", "\\\\").replace(":", "\\:");
    }

    /** Splits at colons that no backslash escapes; the last field takes the rest, as libpq does. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < line.length() && fields.size() < 4; i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == ':') {
                fields.add(line.substring(start, i));
                start = i + 1;
            }
        }
        fields.add(line.substring(start));
        return fields;
    }

    private static boolean matches(String field, String value) {
        return field.equals(ANY) || unescaped(field).equals(value);
    }

    private static String unescaped(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                c = field.charAt(++i);
            }
            text.append(c);
        }
        return text.toString();
    }
}
