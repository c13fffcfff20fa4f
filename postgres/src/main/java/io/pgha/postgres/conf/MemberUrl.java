package io.pgha.postgres.conf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a member's server listens, as its key tells: {@code postgres://host:port/database} (facts §1.4). Anybody who can
 * write to the DCS can write it, so that only host, port and database are taken: a user, options and socket paths in it
 * are left where they are.
 *
 * @param hosts at least one
 * @param database empty text when the URL names none
 */
public record MemberUrl(List<HostAndPort> hosts, String database) {
    private static final int DEFAULT_PORT = 5432;
    private static final Pattern URL =
            Pattern.compile("postgres(?:ql)?://(?:[^/?#@]*@)?([^/?#@]+)(?:/([^?#]*))?(?:\\?[^#]*)?(?:#.*)?");
    private static final Pattern HOST = Pattern.compile(
            "(?:\\[([0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,32})?)\\]|([A-Za-z0-9_][A-Za-z0-9_.-]{0,254}))(?::(\\d{1,5})?)?");

    /**
     * @param host name or address, IPv6 without brackets
     * @param port 1 to 65535
     */
    public record HostAndPort(String host, int port) {}

    public MemberUrl {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a member's URL names at least one host");
        }
        hosts = List.copyOf(hosts);
    }

    /** Reads such a URL, with several hosts too; empty when it is not one. */
    public static Optional<MemberUrl> parse(String url) {
        Matcher matcher = URL.matcher(url);
        if (url.length() > 4096 || !matcher.matches()) {
            return Optional.empty();
        }
        List<Matcher> parts = new ArrayList<>();
        for (String part : matcher.group(1).split(",", -1)) {
            Matcher host = HOST.matcher(part);
            if (!host.matches()) {
                return Optional.empty();
            }
            parts.add(host);
        }
        // One port behind the last host is that of all of them: "a,b:5433".
        Matcher last = parts.get(parts.size() - 1);
        boolean shared = parts.stream().limit(parts.size() - 1L).allMatch(part -> part.group(3) == null);
        int otherwise = shared && last.group(3) != null ? Integer.parseInt(last.group(3)) : DEFAULT_PORT;
        List<HostAndPort> hosts = new ArrayList<>();
        for (Matcher part : parts) {
            int port = part.group(3) == null ? otherwise : Integer.parseInt(part.group(3));
            if (port < 1 || port > 65535) {
                return Optional.empty();
            }
            hosts.add(new HostAndPort(part.group(1) == null ? part.group(2) : part.group(1), port));
        }
        String path = matcher.group(2) == null ? "" : matcher.group(2);
        return decoded(path)
                .filter(database -> Conninfo.problem("dbname", database).isEmpty())
                .map(database -> new MemberUrl(hosts, database));
    }

    /** Keywords {@code host}, {@code port} and, where the URL names one, {@code dbname}. */
    public Conninfo conninfo() {
        Map<String, String> values = new LinkedHashMap<>();
        if (!database.isEmpty()) {
            values.put("dbname", database);
        }
        values.put("host", hosts.stream().map(HostAndPort::host).collect(Collectors.joining(",")));
        List<String> ports =
                hosts.stream().map(host -> Integer.toString(host.port())).toList();
        values.put("port", ports.stream().distinct().count() == 1 ? ports.get(0) : String.join(",", ports));
        return new Conninfo(values);
    }

    private static Optional<String> decoded(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes[length++] = raw[i];
                continue;
            }
            int high = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 <= raw.length - 1 ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes[length++] = (byte) ((high << 4) | low);
            i += 2;
        }
        return Optional.of(new String(bytes, 0, length, StandardCharsets.UTF_8));
    }
}
