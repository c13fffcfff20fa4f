package io.pgha.dcs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no sound peer writes (reliability.md, class G): never an exception, never a half-read key. */
class GarbageTest {
    private static final KeyLayout KEYS = KeyLayout.of("service", "demo");
    private static final List<String> NAMES = List.of(
            "leader",
            "members/pg0",
            "config",
            "initialize",
            "history",
            "status",
            "optime/leader",
            "sync",
            "failover",
            "failsafe");

    @Property
    void noBytesHurt(@ForAll byte[] bytes) {
        assertThat(view(bytes).revision()).isEqualTo(7);
    }

    @Property(tries = 2000)
    void noDamagedValueHurts(@ForAll("damaged") byte[] bytes) {
        assertThat(view(bytes).revision()).isEqualTo(7);
    }

    @Property
    void whatIsKeptOfADamagedMemberSurvivesARewrite(@ForAll("damaged") byte[] bytes) {
        Member member = MemberCodec.decode("pg0", bytes, 1);
        assertThat(MemberCodec.decode("pg0", MemberCodec.encode(member), 1)).isEqualTo(member);
    }

    /** Values of the samples with some bytes changed, doubled or cut off; from a seed, so that a failure shrinks. */
    @Provide
    Arbitrary<byte[]> damaged() {
        List<byte[]> sound = SampleKeys.moments()
                .flatMap(moment -> SampleKeys.at(moment).stream())
                .map(RawEntry::value)
                .toList();
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            byte[] bytes = sound.get(random.nextInt(sound.size())).clone();
            String structure = "{}[]\",:0123456789nulltrue-.eE\\u";
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                        ? (byte) structure.charAt(random.nextInt(structure.length()))
                        : (byte) random.nextInt(256);
            }
            return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1) : bytes;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "-1",
                "\"text\"",
                "[]",
                "[[]]",
                "{}",
                "true",
                "{\"leader\":5}",
                "{} {}",
                "{\"a\":1",
                "1e400000",
                "[[1,2]]",
                "[[0,1,\"r\"]]",
                "\ufeff{}"
            })
    void nothingOfThisMakesALeaderlessClusterLookLedOrASyncStateLookFilled(String text) {
        ClusterView view = view(text.getBytes(StandardCharsets.UTF_8));
        assertThat(view.sync().orElseThrow().leader()).isEmpty();
        assertThat(view.sync().orElseThrow().modRevision()).isEqualTo(5);
        assertThat(view.status().slots()).isEmpty();
        assertThat(view.members().get("pg0").connUrl()).isEmpty();
        assertThat(view.isUnlocked()).isEqualTo(text.isEmpty());
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflowTheStack() {
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        byte[] closed = ("[".repeat(5000) + "]".repeat(5000)).getBytes(StandardCharsets.US_ASCII);
        assertThat(DcsJson.parse(deep)).isEmpty();
        assertThat(DcsJson.parse(closed)).isEmpty();
    }

    @Test
    void hostileNumbersAreReadInNoTime() {
        String digits = "{\"ttl\":1e" + "9".repeat(100) + ",\"x\":" + "9".repeat(300) + "}";
        org.junit.jupiter.api.Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            assertThat(ConfigCodec.decode(digits.getBytes(StandardCharsets.US_ASCII), 1)
                            .valid())
                    .isTrue();
            assertThat(DcsJson.parse("9".repeat(1_000_000))).isEmpty();
        });
    }

    @Test
    void aHistoryOfAHundredThousandLinesIsRead() {
        StringBuilder lines = new StringBuilder("[");
        for (int i = 1; i <= 100_000; i++) {
            lines.append(i == 1 ? "" : ",").append("[").append(i).append(",5,\"r\"]");
        }
        assertThat(HistoryCodec.decode(lines.append("]").toString().getBytes(StandardCharsets.US_ASCII))
                        .orElseThrow())
                .hasSize(100_000);
    }

    @Test
    void tenThousandMembersAreRead() {
        List<RawEntry> entries = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            entries.add(entry("members/m" + i, "{\"role\":\"replica\"}"));
        }
        assertThat(new ClusterViewParser(KEYS).parse(entries, 1).members()).hasSize(10_000);
    }

    @Test
    void onlyKeysDirectlyBelowMembersAreMembers() {
        ClusterView view = new ClusterViewParser(KEYS)
                .parse(
                        List.of(
                                entry("members/a", "{}"),
                                entry("members/a/b", "{}"),
                                entry("members/", "{}"),
                                entry("members", "{}"),
                                entry("members/..", "{}"),
                                entry("strange", "{}")),
                        1);
        assertThat(view.members()).containsOnlyKeys("a", "..");
    }

    @Test
    void fieldsOfNewerVersionsAndOfOtherTypesSurviveARewrite() {
        String newer = "{\"conn_url\":\"postgres://x\",\"state\":[\"new\"],\"tags\":{\"a\":1.5},\"xlog_location\":-4,"
                + "\"timeline\":\"7\",\"shiny\":{\"deep\":[null,{\"x\":\"é\"}]}}";
        Member member = MemberCodec.decode("a", newer.getBytes(StandardCharsets.UTF_8), 0);
        assertThat(member.unknownFields()).containsOnlyKeys("state", "xlog_location", "timeline", "shiny");
        assertThat(new String(MemberCodec.encode(member), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"conn_url\":\"postgres://x\",\"tags\":{\"a\":1.5},\"state\":[\"new\"],\"xlog_location\":-4,"
                                + "\"timeline\":\"7\",\"shiny\":{\"deep\":[null,{\"x\":\"\\u00e9\"}]}}");
        Member rewritten = member.toBuilder().stateText("running").build();
        assertThat(new String(MemberCodec.encode(rewritten), StandardCharsets.UTF_8))
                .contains("\"state\":\"running\"")
                .doesNotContain("new\"]");
    }

    @Test
    void formsOfOldPeersAreRead() {
        Member ancient = MemberCodec.decode(
                "a",
                "postgres://h:5432/postgres?x=1&application_name=http%3A//h%3A8008/patroni"
                        .getBytes(StandardCharsets.UTF_8),
                0);
        assertThat(ancient.connUrl()).contains("postgres://h:5432/postgres");
        assertThat(ancient.apiUrl()).contains("http://h:8008/patroni");
        assertThat(FailoverCodec.decode("pg0:pg1".getBytes(StandardCharsets.UTF_8), 3)
                        .candidate())
                .contains("pg1");
        assertThat(FailoverCodec.decode(":pg1".getBytes(StandardCharsets.UTF_8), 3)
                        .leader())
                .isEmpty();
        assertThat(StatusCodec.decode("67108864".getBytes(StandardCharsets.UTF_8))
                        .optime())
                .isEqualTo(new Lsn(67108864));
        assertThat(StatusCodec.decode(
                        "{\"optime\":\"5\",\"slots\":\"{\\\"a\\\":4}\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new ClusterStatus(new Lsn(5), java.util.Map.of("a", new Lsn(4)), List.of()));
        ClusterView legacy = new ClusterViewParser(KEYS).parse(List.of(entry("optime/leader", "77")), 1);
        assertThat(legacy.status().optime()).isEqualTo(new Lsn(77));
    }

    @Test
    void theStatusWinsOverTheLegacyPosition() {
        ClusterView view = new ClusterViewParser(KEYS)
                .parse(List.of(entry("optime/leader", "77"), entry("status", "{\"optime\":88}")), 1);
        assertThat(view.status().optime()).isEqualTo(new Lsn(88));
    }

    @Test
    void syncNamesAreSortedWhenWritten() {
        SyncState state = new SyncState(java.util.Optional.of("a"), 1, List.of("d", "b", "c"), 0);
        assertThat(new String(SyncCodec.encode(state), StandardCharsets.UTF_8))
                .isEqualTo("{\"leader\":\"a\",\"quorum\":1,\"sync_standby\":\"b,c,d\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "/service", "service/", "//service//", "/service/"})
    void slashesCollapse(String namespace) {
        assertThat(KeyLayout.of(namespace, "demo").leader()).isEqualTo("/service/demo/leader");
        assertThat(KeyLayout.of(namespace, "/demo/").prefix()).isEqualTo("/service/demo/");
    }

    private static RawEntry entry(String relative, String value) {
        return new RawEntry(KEYS.prefix() + relative, value.getBytes(StandardCharsets.UTF_8), 0, 4, 5);
    }

    private static ClusterView view(byte[] bytes) {
        return new ClusterViewParser(KEYS)
                .parse(
                        NAMES.stream()
                                .map(name -> new RawEntry(KEYS.prefix() + name, bytes, 0, 4, 5))
                                .toList(),
                        7);
    }
}
