package io.pgha.ctl.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MemberTableTest {
    @Test
    void anEscapeSequenceInANameReachesNoTerminal() {
        String hostile = "pg\u001b[31m\u202e\nx\ttab";
        ClusterView view = cluster(
                member(hostile).tags(new Tags(Map.of("note", "\u001b[2J"))).build());
        for (Format format : Format.values()) {
            assertThat(render(view, format))
                    .as(format.name())
                    .doesNotContain("\u001b")
                    .satisfies(text -> assertThat(format.isForPeople() && text.contains("\u202e"))
                            .isFalse());
        }
        assertThat(render(view, Format.TSV).lines()).hasSize(2);
    }

    @Test
    void aMemberWithTheDataOfAnotherClusterIsNamedBelowTheTable() {
        Member foreign = member("b")
                .unknownField("pgha", Map.of("least_ttl", 5, "foreign_system_identifier", "7400000000000000009"))
                .build();
        ClusterView healthy = new ClusterViewBuilder()
                .members(member("a").build(), member("b").build(), member("c").build())
                .initialized("7400000000000000001")
                .ledBy("a");
        ClusterView odd = healthy.withMember(foreign);
        String note = " Data of another cluster: b (system identifier 7400000000000000009)\n";
        assertThat(render(odd, Format.PRETTY)).isEqualTo(render(healthy, Format.PRETTY) + note);
        assertThat(render(odd, Format.JSON)).isEqualTo(render(healthy, Format.JSON));
        assertThat(render(odd, Format.TSV)).isEqualTo(render(healthy, Format.TSV));
        MemberTable.Options asked = new MemberTable.Options(
                Format.PRETTY, false, Map.of("a", "7400000000000000001", "b", "7400000000000000009"), Map.of());
        assertThat(MemberTable.render("demo", healthy, asked)).endsWith("+\n" + note);
    }

    @Test
    void aCascadeIsShownAsATree() {
        ClusterView view = cluster(
                member("a").build(),
                from("b", "c"),
                from("c", "a"),
                from("d", "nosuch"),
                from("e", "f"),
                from("f", "e"));
        assertThat(render(view, Format.TOPOLOGY)
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .map(line -> line.substring(2, 9)))
                .containsExactly("Member ", "a      ", "+ c    ", "  + b  ", "+ d    ", "+ e    ", "  + f  ");
    }

    @Test
    void withoutALeaderEverybodyIsShown() {
        ClusterView view = new ClusterViewBuilder()
                .members(from("b", "c"), member("c").build())
                .unlocked();
        assertThat(render(view, Format.TOPOLOGY)).contains("+ c", "  + b").contains("(initializing)");
    }

    @Test
    void portsAreShownOnlyWhereTheyTellSomething() {
        assertThat(render(cluster(at("a", "10.0.0.1:5432"), at("b", "10.0.0.2")), Format.TSV))
                .contains("\t10.0.0.1\t", "\t10.0.0.2\t");
        assertThat(render(cluster(at("a", "10.0.0.1:5432"), at("b", "10.0.0.1:5433")), Format.TSV))
                .contains("\t10.0.0.1:5432\t");
        assertThat(render(cluster(at("a", "[::1]:5432"), at("b", "[::1]:5433")), Format.TSV))
                .contains("\t[::1]:5433\t");
    }

    @Test
    void lagIsRoundedToMegabytesAndUnknownPositionsSaySo() {
        Member behind = member("b")
                .receiveLsn(new Lsn(100L << 20))
                .replayLsn(new Lsn((98L << 20) - (700L << 10)))
                .build();
        String json = render(cluster(member("a").build(), behind, member("c").build()), Format.JSON);
        assertThat(json)
                .contains("\"Receive Lag\": 0, \"Replay LSN\": \"0/6151000\", \"Replay Lag\": 3")
                .contains("\"Receive LSN\": \"unknown\", \"Replay LSN\": \"unknown\"");
    }

    @Test
    void theOnePositionOfAnOldPeerIsReceivedWhileItStreams() {
        Member streaming = member("b")
                .xlogLocation(new Lsn(100L << 20))
                .replicationState("streaming")
                .build();
        Member archive = member("c")
                .xlogLocation(new Lsn(100L << 20))
                .replicationState("in archive recovery")
                .build();
        String json = render(cluster(member("a").build(), streaming, archive), Format.JSON);
        assertThat(json)
                .contains(
                        "\"Member\": \"b\", \"Role\": \"Replica\", \"State\": \"streaming\", \"TL\": 1, \"Receive LSN\": \"0/6400000\"")
                .contains(
                        "\"State\": \"in archive recovery\", \"TL\": 1, \"Receive LSN\": \"unknown\", \"Replay LSN\": \"0/6400000\"");
    }

    @Test
    void whoHasNoTagsHasAnEmptyCell() {
        Member tagged = member("b").tags(new Tags(Map.of("clonefrom", true))).build();
        assertThat(render(cluster(member("a").build(), tagged), Format.PRETTY))
                .contains("clonefrom: true")
                .doesNotContain("{}");
    }

    @Test
    void whatIsHalfACharacterIsWrittenOut() {
        assertThat(YamlText.block(Map.of("foo\udc00", List.of("\ud800", "\ud83d\ude00"))))
                .contains("foo\\udc00:", "- \\ud800")
                .contains("\ud83d\ude00");
    }

    @Test
    void aLongReasonIsHiddenFromPeopleOnly() {
        Member waiting = member("a")
                .pendingRestart(true, Map.of("shared_preload_libraries", new PendingRestartReason("", "x".repeat(60))))
                .build();
        assertThat(render(cluster(waiting), Format.PRETTY)).contains("shared_preload_libraries: [hidden - too long]");
        assertThat(render(cluster(waiting), Format.JSON)).contains("x".repeat(60));
    }

    @Test
    void aScheduledRestartShowsItsCondition() {
        Member waiting = member("a")
                .scheduledRestart(Map.of("schedule", "2099-01-01T00:00:00+00:00", "postgres_version", "15.5"))
                .build();
        assertThat(render(cluster(waiting), Format.PRETTY)).contains("2099-01-01T00:00:00+00:00 if version < 15.5");
    }

    @Test
    void theLeaderOfAStandbyClusterIsNamedSo() {
        ClusterView view = new ClusterViewBuilder()
                .members(member("a").replicationState("streaming").build())
                .config(Map.of("standby_cluster", Map.of("host", "10.0.0.9")))
                .ledBy("a");
        assertThat(render(view, Format.JSON)).contains("\"Role\": \"Standby Leader\", \"State\": \"streaming\"");
    }

    private static String render(ClusterView view, Format format) {
        return MemberTable.render("demo", view, new MemberTable.Options(format, false, Map.of(), Map.of()));
    }

    private static MemberBuilder member(String name) {
        return new MemberBuilder(name).state(PostgresState.RUNNING).timeline(new Timeline(1));
    }

    private static Member from(String name, String upstream) {
        return member(name).tags(new Tags(Map.of("replicatefrom", upstream))).build();
    }

    private static Member at(String name, String address) {
        return member(name).connUrl("postgres://" + address + "/postgres").build();
    }

    /** Led by the first. */
    private static ClusterView cluster(Member... members) {
        return new ClusterViewBuilder().members(members).ledBy(members[0].name());
    }

    private static final class ClusterViewBuilder {
        private final SortedMap<String, Member> members = new TreeMap<>();
        private Map<String, Object> config = Map.of();
        private String initialize = "";

        ClusterViewBuilder members(Member... all) {
            for (Member member : all) {
                members.put(member.name(), member);
            }
            return this;
        }

        ClusterViewBuilder initialized(String systemIdentifier) {
            initialize = systemIdentifier;
            return this;
        }

        ClusterViewBuilder config(Map<String, Object> values) {
            config = values;
            return this;
        }

        ClusterView ledBy(String name) {
            return build(Optional.of(new LeaderLock(name, 1, 1)));
        }

        ClusterView unlocked() {
            return build(Optional.empty());
        }

        private ClusterView build(Optional<LeaderLock> leader) {
            return new ClusterView(
                    1,
                    Optional.of(initialize),
                    1,
                    Optional.of(new DynamicConfigKey(config, 1, true)),
                    leader,
                    members,
                    new ClusterStatus(new Lsn(100L << 20), Map.of(), List.of()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());
        }
    }
}
