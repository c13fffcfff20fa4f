package io.pgha.dcs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Golden data of a real Patroni cluster. */
class SamplesTest {
    private static final KeyLayout KEYS = KeyLayout.of("service", "demo");

    @ParameterizedTest
    @MethodSource("io.pgha.dcs.wire.SampleKeys#moments")
    void everyValueIsWrittenAgainByteForByte(String moment) {
        List<RawEntry> entries = SampleKeys.at(moment);
        assertThat(entries).hasSizeGreaterThan(5);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(new String(again(entry), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo(entry.text()));
    }

    @ParameterizedTest
    @MethodSource("io.pgha.dcs.wire.SampleKeys#moments")
    void nothingInTheMembersIsUnknown(String moment) {
        assertThat(view(moment).members().values())
                .allSatisfy(member -> assertThat(member.unknownFields()).isEmpty());
    }

    @Test
    void theStreamingClusterIsUnderstood() {
        ClusterView view = view("01-three-nodes-streaming");
        assertThat(view.leader().orElseThrow().holder()).isEqualTo("pg0");
        assertThat(view.leader().orElseThrow().leaseId()).isNotZero();
        assertThat(view.members()).containsOnlyKeys("pg0", "pg1", "pg2");
        assertThat(view.systemIdentifier()).contains("7710421291059866769");
        assertThat(view.status().optime()).isEqualTo(new Lsn(67108864));
        assertThat(view.status().slots()).containsOnlyKeys("pg1", "pg2", "pg0");
        assertThat(view.status().retainSlots()).containsExactly("pg0", "pg1", "pg2");
        assertThat(view.timeline()).isEqualTo(Timeline.UNKNOWN);
        assertThat(view.config().orElseThrow().values()).containsEntry("ttl", 20);
        Member replica = view.members().get("pg1");
        assertThat(replica.replayLsn()).contains(new Lsn(67108864));
        assertThat(replica.replicationState()).contains("streaming");
        assertThat(replica.tags().clonefrom()).isTrue();
        assertThat(replica.timeline()).isEqualTo(Timeline.FIRST);
    }

    @Test
    void aScheduledSwitchoverAndRestartAreUnderstood() {
        ClusterView view = view("02-switchover-and-restart-scheduled");
        assertThat(view.failover().orElseThrow().leader()).contains("pg0");
        assertThat(view.failover().orElseThrow().candidate()).contains("pg1");
        assertThat(view.failover().orElseThrow().scheduledAt()).contains("2099-01-01T00:00:00+00:00");
        assertThat(view.members().get("pg1").scheduledRestart())
                .containsEntry("schedule", "2099-01-01T00:00:00+00:00")
                .containsKey("postmaster_start_time");
    }

    @Test
    void pendingRestartsPauseSyncAndFailsafeAreUnderstood() {
        assertThat(view("03-pending-restart").members().get("pg2").pendingRestartReasons())
                .isEqualTo(Map.of("max_connections", new PendingRestartReason("100", "120")));
        assertThat(view("03-pending-restart").failover().orElseThrow().isPresent())
                .isFalse();
        assertThat(view("04-paused").members().values()).allMatch(Member::pause);
        assertThat(view("05-synchronous-mode").sync().orElseThrow().voters()).containsExactly("pg1");
        assertThat(view("06-quorum-mode-and-failsafe").sync().orElseThrow().quorum())
                .isEqualTo(1);
        assertThat(view("06-quorum-mode-and-failsafe").failsafe())
                .containsEntry("pg2", "http://127.0.0.1:7202/patroni")
                .hasSize(3);
    }

    @Test
    void theHistoryTellsTheTimeline() {
        ClusterView view = view("10-after-a-manual-failover");
        assertThat(view.history().orElseThrow().get(0).newLeader()).contains("pg1");
        assertThat(view.timeline().number())
                .isEqualTo(view.history().orElseThrow().size() + 1);
    }

    private static ClusterView view(String moment) {
        return new ClusterViewParser(KEYS).parse(SampleKeys.at(moment), 500);
    }

    private static byte[] again(RawEntry entry) {
        String relative = entry.key().substring(KEYS.prefix().length());
        byte[] value = entry.value();
        return switch (relative) {
            case "config" -> ConfigCodec.encode(ConfigCodec.decode(value, 1).values());
            case "status" -> StatusCodec.encode(StatusCodec.decode(value));
            case "failover" -> FailoverCodec.encode(FailoverCodec.decode(value, 1));
            case "sync" -> SyncCodec.encode(SyncCodec.decode(value, 1));
            case "history" -> HistoryCodec.encode(HistoryCodec.decode(value).orElseThrow());
            case "failsafe" -> FailsafeCodec.encode(FailsafeCodec.decode(value));
            case "initialize", "leader" -> entry.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            default ->
                MemberCodec.encode(
                        MemberCodec.decode(KEYS.memberOf(entry.key()).orElseThrow(), value, entry.leaseId()));
        };
    }
}
