package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What no sound peer writes into etcd (reliability.md, classes G and H): a command shows it in a way that no terminal obeys,
 * or says in one sentence that it cannot, and exits with 1.
 */
@Tag("long")
class HostileClusterTest extends HactlAtWork {
    private static final String PREFIX = "/service/demo/";
    private static final String EVIL = "\u001b[2J\u001b]0;x\u0007\u202e\u2028\r\u0000\u009b1m";
    private static final List<String> COMMANDS = List.of(
            "list",
            "list -e",
            "list -f json",
            "list -f tsv",
            "list -f yaml",
            "topology",
            "history",
            "history -f tsv",
            "history -f json",
            "history -f yaml",
            "events",
            "why",
            "show-config",
            "version demo",
            "dsn",
            "dsn -r replica",
            "switchover --force",
            "switchover --candidate pg1 --force",
            "failover --candidate pg1 --force",
            "flush demo switchover --force",
            "pause",
            "resume",
            "edit-config -s ttl=30 --force",
            "restart demo --force",
            "reload demo --force",
            "reinit demo pg1 --force",
            "demote-cluster demo --host 10.1.0.1 --force",
            "remove demo");

    private static Map<String, byte[]> values() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("empty", new byte[0]);
        values.put("no UTF-8", new byte[] {(byte) 0xff, (byte) 0xc0, 0x27, (byte) 0xed, (byte) 0xa0, (byte) 0x80});
        values.put("no UTF-8 in JSON", "{\"state\":\"\u00ff\u00c0\",\"role\":\"\u00e0\"}".getBytes(ISO_8859_1));
        values.put("deep", bytes("[".repeat(50_000)));
        values.put("deep and whole", bytes("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)));
        values.put("large", bytes("{\"x\":\"" + "x".repeat(100_000) + "\"}"));
        values.put("list", bytes("[[1,2,3],[\"a\"],null]"));
        values.put("scalar", bytes("17"));
        values.put("a terminal's", bytes(EVIL));
        values.put("a terminal's in a list", bytes("[[1,2,\"" + json() + "\",\"" + json() + "\",\"" + json() + "\"]]"));
        values.put("a terminal's in all fields", bytes(fields("\"" + json() + "\"")));
        values.put("numbers in all fields", bytes(fields("-99999999999999999999")));
        values.put("lists in all fields", bytes(fields("[[{}]]")));
        values.put("objects in all fields", bytes(fields("{\"" + json() + "\":{\"" + json() + "\":1}}")));
        values.put("null in all fields", bytes(fields("null")));
        values.put("empty in all fields", bytes(fields("\"\"")));
        values.put(
                "addresses",
                bytes(
                        "{\"conn_url\":\"postgres://[::1\",\"api_url\":\"http://:99999/\",\"role\":\"_\",\"state\":\"running\"}"));
        values.put("members", bytes("{\"leader\":\"pg0\",\"sync_standby\":\"" + json() + ",*,,pg1\",\"quorum\":9}"));
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String json() {
        StringBuilder escaped = new StringBuilder();
        EVIL.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        return escaped.toString();
    }

    private static String fields(String value) {
        StringBuilder all = new StringBuilder("{");
        List.of(("conn_url api_url state role version tags pending_restart pending_restart_reason xlog_location"
                                + " receive_lsn replay_lsn replication_state timeline scheduled_restart pause pgha"
                                + " leader member scheduled_at sync_standby quorum optime slots retain_slots ttl"
                                + " loop_wait postgresql standby_cluster synchronous_mode failsafe_mode "
                                + "checkpoint_after_promote proxy_url")
                        .split(" +"))
                .forEach(field -> all.append("\"")
                        .append(field)
                        .append("\":")
                        .append(value)
                        .append(','));
        return all.append("\"z\":").append(value).append('}').toString();
    }

    private static final List<String> KEYS = List.of(
            "leader",
            "initialize",
            "config",
            "status",
            "history",
            "failover",
            "sync",
            "failsafe",
            "members/pg0",
            "members/pg1",
            "members/\u001b[31mred\u202e\r",
            "members/a/b",
            "members/",
            "members/../leader",
            "pgha/timeline",
            "pgha/events/pg1");

    /** One key after the other: the members' table, which reads them all. */
    @Test
    void oneKeyIsShownSafelyOrSaidInASentence() {
        values().forEach((what, value) -> KEYS.forEach(key -> {
            world.values = Map.of(PREFIX + key, value);
            isSafe("list -e", what + " in " + key);
        }));
    }

    /** All but the two that most commands need, and then these, too. */
    @Test
    void allKeysAreShownSafelyOrSaidInASentence() {
        values().forEach((what, value) -> {
            Map<String, byte[]> all = new LinkedHashMap<>();
            KEYS.forEach(key -> all.put(PREFIX + key, value));
            world.values = Map.copyOf(all);
            for (String command : COMMANDS.subList(0, 4)) {
                isSafe(command, what + " in all");
            }
            all.remove(PREFIX + "leader");
            all.remove(PREFIX + "members/pg0");
            world.values = all;
            COMMANDS.forEach(command -> isSafe(command, what + " in nearly all"));
        });
    }

    /** That the text gets that far at all. */
    @Test
    void whatATerminalWouldObeyIsWrittenOut() {
        byte[] evil = bytes(fields("\"" + json() + "\""));
        world.values =
                Map.of(PREFIX + "members/pg1", evil, PREFIX + "members/\u001b[31mred", evil, PREFIX + "config", evil);
        assertThat(hactl("list", "-e").out()).contains("\\u001b[2J", "\\u202e", "\\u001b[31mred");
        assertThat(hactl("list", "-f", "tsv").out()).contains("\\u001b[2J", "\\u001b[31mred");
        assertThat(hactl("show-config").out()).contains("\\e[2J", "\\u202e");
    }

    private void isSafe(String command, String values) {
        typed = "demo\nYes I am aware\npg0\n";
        Result result = hactl(command.split(" ", -1));
        String tried = command + " with " + values;
        assertThat(result.status()).as(tried + ": " + result.err()).isBetween(0, 1);
        assertThat(result.err()).as(tried).doesNotContain("unexpected");
        if (result.status() == 1) {
            assertThat(result.err()).as(tried).contains("Error: ");
        }
        harmless(tried, result.out());
        harmless(tried, result.err());
    }

    private static void harmless(String tried, String text) {
        String bad = text.codePoints()
                .filter(point -> switch (Character.getType(point)) {
                    case Character.CONTROL -> point != '\n' && point != '\t';
                    case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                })
                .limit(5)
                .mapToObj(point -> String.format("U+%04X", point))
                .toList()
                .toString();
        assertThat(bad).as(tried).isEqualTo("[]");
    }
}
