package io.pgha.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobOutcome;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.Tags;
import io.pgha.core.slots.SlotCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthChecksTest {
    private static final MonotonicTime NOW = SampleNode.NOW;

    @ParameterizedTest
    @ValueSource(strings = {"/primary", "/", "/master", "/read-write", "/xyz-primary-abc", "/leader", "/read-only"})
    void aPrimaryPassesOnlyWhileItsLockIsValid(String path) {
        NodeSnapshotBuilder node = primary();
        assertThat(check(path, "", node)).isEqualTo(200);
        assertThat(check(path, "", node.lockValidUntil(Optional.of(NOW)))).isEqualTo(503);
        assertThat(check(path, "", node.lockValidUntil(Optional.empty()))).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/primary", "/", "/read-write"})
    void aNodeThatHoldsTheLockButTakesNoWritesIsNoPrimary(String path) {
        assertThat(check(path, "", primary().takesWrites(false))).isEqualTo(503);
        assertThat(check("/leader", "", primary().takesWrites(false))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/primary", "/leader", "/replica", "/health", "/read-only", "/async"})
    void aSnapshotOlderThanTheTtlFailsEveryCheck(String path) {
        for (NodeSnapshotBuilder node : new NodeSnapshotBuilder[] {primary(), replica()}) {
            node.published(NOW.minus(Duration.ofSeconds(21)), NOW)
                    .lockValidUntil(Optional.of(NOW.plus(Duration.ofSeconds(5))));
            assertThat(check(path, "", node)).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/standby-leader | 200",
                "/standby_leader | 200",
                "/leader         | 200",
                "/primary        | 503",
                "/replica        | 503",
                "/read-only      | 200",
                "/read-only-sync | 200",
                "/async          | 503",
                "/health         | 200",
            })
    void aStandbyLeaderLeadsButTakesNoWrites(String path, int status) {
        NodeSnapshotBuilder node = replica()
                .role(Role.STANDBY_LEADER)
                .standbyCluster(true)
                .lockValidUntil(Optional.of(NOW.plus(Duration.ofSeconds(9))));
        assertThat(check(path, "", node)).isEqualTo(status);
    }

    @Test
    void whilePausedAndWithoutTheDcsTheRoleDecides() {
        NodeSnapshotBuilder node = primary().lockValidUntil(Optional.empty()).paused(true);
        assertThat(check("/primary", "", node)).isEqualTo(503);
        node.cluster(Optional.empty());
        assertThat(check("/primary", "", node)).isEqualTo(200);
        assertThat(check("/leader", "", node)).isEqualTo(200);
        assertThat(check("/primary", "", node.paused(false))).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lag=99            | 503",
                "lag=100           | 200",
                "lag=0             | 503",
                "lag=1kB           | 200",
                "lag=0.1kB         | 200",
                "lag=               | 200",
                "lag=much          | 200",
                "lag=10XB          | 200",
                "replication_state=streaming           | 200",
                "replication_state=in+archive+recovery | 503",
                "tag_clonefrom=true   | 200",
                "tag_clonefrom=True   | 503",
                "tag_datacenter=a     | 200",
                "tag_datacenter=b     | 503",
                "tag_nosuch=a         | 503",
                "tag_datacenter=a&tag_clonefrom=true&lag=1MB | 200",
                "tag_datacenter=a&tag_clonefrom=false        | 503",
                "other=1              | 200",
            })
    void aReplicaIsJudgedByLagStateAndTags(String query, int status) {
        assertThat(check("/replica", query, behind(100))).isEqualTo(status);
    }

    @Test
    void tagsAreIgnoredForThePrimary() {
        assertThat(check("/primary", "tag_datacenter=b", primary())).isEqualTo(200);
        assertThat(check("/read-only", "tag_datacenter=b", primary())).isEqualTo(503);
    }

    @Test
    void aReplicaThatMustNotBalanceServesNobody() {
        NodeSnapshotBuilder node = replica().tags(new Tags(Map.of("noloadbalance", true)));
        assertThat(check("/replica", "", node)).isEqualTo(503);
        assertThat(check("/read-only", "", node)).isEqualTo(503);
        assertThat(check("/health", "", node)).isEqualTo(200);
    }

    @Test
    void aServerThatClaimsToRunButDoesNotAnswerIsUnknown() {
        NodeSnapshotBuilder node = replica().server(Optional.empty());
        assertThat(check("/health", "", node)).isEqualTo(503);
        assertThat(check("/replica", "", node)).isEqualTo(503);
        assertThat(StatusBody.of(node.build(), NOW)).containsEntry("state", "unknown");
    }

    @Test
    void whatCameOfTheLastCopyIsShown() {
        JobStatus.Finished failed =
                new JobStatus.Finished(JobKind.REINITIALIZE, JobEnding.FAILED, "no space; the old data is back");
        NodeSnapshot node = replica()
                .lastJobs(Map.of(
                        JobKind.REINITIALIZE, new JobOutcome(failed, Instant.parse("2026-11-21T01:02:03.004005Z"))))
                .build();
        assertThat(StatusBody.of(node, NOW).get("pgha").toString())
                .contains("last_jobs={reinitialize={outcome=failed, message=no space; the old data is back,"
                        + " at=2026-11-21T01:02:03.004Z}}");
    }

    @Test
    void logicalSlotsAreShownAsLongAsTheLoopRuns() {
        NodeSnapshotBuilder node = replica().logicalSlots(Optional.of(Map.of("feed", new SlotCondition(false, "no"))));
        assertThat(StatusBody.of(node.build(), NOW).get("pgha").toString())
                .contains("slots={feed={ready=false, reason=no}}");
        node.published(NOW.minus(Duration.ofSeconds(21)), NOW);
        assertThat(StatusBody.of(node.build(), NOW).get("pgha").toString()).doesNotContain("slots=");
    }

    @Test
    void aStoppedServerIsShownInTheShortForm() {
        Map<String, Object> body =
                StatusBody.of(replica().state(PostgresState.STOPPED).build(), NOW);
        assertThat(body).containsEntry("state", "stopped").doesNotContainKeys("xlog", "server_version", "timeline");
    }

    @Test
    void aViewOfTheClusterIsBelievedNoLongerThanTheSnapshot() {
        NodeSnapshot old =
                replica().published(NOW.minus(Duration.ofSeconds(21)), NOW).build();
        assertThat(StatusBody.of(old, NOW)).containsEntry("cluster_unlocked", true);
    }

    @Test
    void readinessFollowsTheLag() {
        NodeSnapshot node = behind(100).maximumLagOnFailover(99).build();
        assertThat(Probes.readiness(Query.EMPTY, node, NOW)).isEqualTo(503);
        assertThat(Probes.readiness(Query.parse("lag=100"), node, NOW)).isEqualTo(200);
        assertThat(Probes.readiness(Query.parse("mode=write"), node, NOW)).isEqualTo(200);
    }

    @Test
    void livenessFailsWhenTheLoopIsOverdue() {
        NodeSnapshotBuilder node = primary().published(NOW, NOW.minus(Duration.ofSeconds(20)));
        assertThat(Probes.liveness(node.build(), NOW)).isEqualTo(503);
        assertThat(Probes.liveness(node.paused(true).build(), NOW)).isEqualTo(200);
        assertThat(Probes.liveness(
                        replica()
                                .published(NOW, NOW.minus(Duration.ofSeconds(39)))
                                .build(),
                        NOW))
                .isEqualTo(200);
        assertThat(Probes.liveness(
                        replica()
                                .published(NOW, NOW.minus(Duration.ofSeconds(40)))
                                .build(),
                        NOW))
                .isEqualTo(503);
    }

    private static int check(String path, String query, NodeSnapshotBuilder node) {
        return HealthChecks.status(path, query, node.build(), NOW);
    }

    private static NodeSnapshotBuilder primary() {
        Sample sample = Sample.read("01-three-nodes-streaming", "pg0");
        return SampleNode.builder(sample, sample.exchange("GET", "/patroni").json());
    }

    private static NodeSnapshotBuilder replica() {
        return behind(0);
    }

    /** A replica that received everything and has not replayed the last bytes. */
    private static NodeSnapshotBuilder behind(long bytes) {
        Sample sample = Sample.read("01-three-nodes-streaming", "pg1");
        JsonNode body = sample.exchange("GET", "/patroni").json();
        ObjectNode xlog = (ObjectNode) body.get("xlog");
        xlog.put("replayed_location", xlog.get("received_location").asLong() - bytes);
        return SampleNode.builder(sample, body);
    }
}
