package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who leads, and whom the cluster follows: switchover, failover, demote-cluster, promote-cluster, flush. */
class HandoverCommandsTest extends HactlAtWork {
    @Test
    void aNameThatNoSlotCanHaveIsRefused() {
        Result result = hactl("demote-cluster", "demo", "--host", "h", "--primary-slot-name", "A b", "--force");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("\"A b\"", "lower-case letters");
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aClusterThatIsAskedToFollowIsToldWhom() {
        Result nobody = hactl("demote-cluster", "demo", "--primary-slot-name", "x", "--force");
        assertThat(nobody.status()).isEqualTo(1);
        assertThat(nobody.err()).contains("--host, --port or --restore-command");
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aChangeOfTheClustersRoleIsConfirmedAndSentToTheLeader() {
        typed = "n\n";
        assertThat(hactl("demote-cluster", "demo", "--host", "10.1.0.1").err()).contains("Aborted");
        assertThat(world.sent).isEmpty();
        world.replies.put("PATCH /config", new MemberClient.Answered(409, "changed at the same moment"));
        Result refused = hactl("demote-cluster", "demo", "--host", "10.1.0.1", "--port", "5433", "--force");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("409, changed at the same moment");
        assertThat(world.sent).containsExactly("PATCH pg0/config {standby_cluster={host=10.1.0.1, port=5433}}");
    }

    @Test
    void aClusterThatFollowsNobodyIsNotPromoted() {
        Result result = hactl("promote-cluster", "demo", "--force");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("already in the required state");
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aSwitchoverShowsTheClusterBeforeAndAfter() {
        world.replies.put("POST /switchover", new MemberClient.Answered(200, "Successfully switched over to \"pg1\""));
        Result result = hactl("switchover", "demo", "--leader", "pg0", "--candidate", "pg1", "--force");
        assertThat(result.out())
                .matches("(?s)Current cluster topology\n\\+ Cluster: demo .*\n"
                        + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{5} Successfully switched over to \"pg1\"\n"
                        + "\\+ Cluster: demo .*");
        assertThat(result.status()).isZero();
        assertThat(world.sent).containsExactly("POST pg0/switchover {leader=pg0, candidate=pg1}");
    }

    @Test
    void whoeverHandsOverIsToldOfLogicalSlotsThatAreNotReady() {
        world.dynamic = Map.of(
                "slots",
                Map.of("feed", Map.of("type", "logical", "database", "app", "plugin", "pgoutput"), "copy", Map.of()));
        world.replies.put("POST /switchover", new MemberClient.Answered(200, "Switched over"));
        world.answers.put("pg1", "{\"pgha\":{\"slots\":{\"feed\":{\"ready\":false,\"reason\":\"no copy\"}}}}");
        Result named = hactl("switchover", "--candidate", "pg1", "--force");
        assertThat(named.err())
                .isEqualTo("Warning: pg1, logical slot feed: not ready, no copy. Its consumers may miss changes after a"
                        + " switchover\n");
        assertThat(named.status()).isZero();
        assertThat(world.sent).hasSize(1);
        assertThat(hactl("why").out()).contains("    logical slot feed is not ready: no copy\n");
        world.answers.put("pg1", "{\"pgha\":{\"slots\":{\"feed\":{\"ready\":true,\"reason\":\"\"}}}}");
        assertThat(hactl("switchover", "--force").err())
                .contains("pg2, logical slot feed: not known whether it is ready, the member does not answer")
                .doesNotContain("pg1");
        world.answers.put("pg2", "{\"state\":\"running\"}");
        typed = "n\n";
        assertThat(hactl("failover", "--candidate", "pg2").err())
                .startsWith("Warning: pg2, logical slot feed: not known whether it is ready, the member does not say.");
        world.answers.put("pg2", "{\"pgha\":{\"slots\":{}}}");
        assertThat(hactl("failover", "--candidate", "pg2", "--force").err())
                .contains("not ready, this member keeps none");
    }

    @Test
    void whatIsNotGivenIsAskedFor() {
        world.replies.put("POST /switchover", new MemberClient.Answered(202, "Switchover scheduled"));
        typed = "\npg2\n2099-01-01T00:00Z\ny\n";
        Result result = hactl("switchover");
        assertThat(result.out())
                .contains("Primary [pg0]: ", "Candidate [pg1, pg2] []: ", "[now]: ")
                .contains("switchover cluster demo, demoting current leader pg0 at 2099-01-01T00:00:00+00:00? [y/N]: ");
        assertThat(world.sent)
                .containsExactly(
                        "POST pg0/switchover {leader=pg0, candidate=pg2, scheduled_at=2099-01-01T00:00:00+00:00}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "\n\n\n", "\n\n\nn\n"})
    void whoeverDoesNotSayYesHasBrokenOff(String answers) {
        typed = answers;
        Result result = hactl("switchover");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("Error: Aborted\n");
        assertThat(world.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "switchover --leader pg1 --force,Member pg1 is not the leader of cluster demo",
        "switchover --candidate pg9 --force,Member pg9 does not exist in cluster demo",
        "switchover --candidate pg1 --scheduled soon --force,Unable to parse scheduled timestamp",
        "failover --candidate pg0 --force,Member pg0 is already the leader of cluster demo",
        "failover --force,Failover could be performed only to a specific candidate",
    })
    void ordersThatMakeNoSenseAreErrors(String line, String error) {
        Result result = hactl(line.split(" ", -1));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("Error: " + error);
        assertThat(world.sent).isEmpty();
    }

    @Test
    void aRefusalIsPrintedAndIsNoError() {
        world.replies.put("POST /failover", new MemberClient.Answered(503, "Failover status unknown"));
        Result unknown = hactl("failover", "--candidate", "pg1", "--force");
        assertThat(unknown.out()).endsWith("\nFailover result unknown, details: 503, Failover status unknown\n");
        assertThat(unknown.status()).isZero();
        world.replies.put("POST /switchover", new MemberClient.Answered(412, "candidate does not exists"));
        assertThat(hactl("switchover", "--force").out())
                .endsWith("\nSwitchover failed, details: 412, candidate does not exists\n");
        assertThat(world.written).isEmpty();
    }

    @Test
    void withoutAMemberThatAnswersTheRequestGoesToTheDcs() {
        assertThat(hactl("switchover", "--candidate", "pg1", "--force").out()).contains("falling back to DCS");
        assertThat(world.written)
                .singleElement()
                .asString()
                .contains("leader=Optional[pg0]", "candidate=Optional[pg1]", "scheduledAt=Optional.empty");
    }

    @Test
    void aScheduledSwitchoverIsFlushed() {
        assertThat(hactl("flush", "demo", "switchover").out()).isEqualTo("No pending scheduled switchover\n");
        world.sample = Sample.read("02-switchover-and-restart-scheduled");
        assertThat(hactl("flush", "demo", "switchover").out()).contains("deleted in the DCS");
        assertThat(world.written).hasSize(1);
        world.replies.put("DELETE /switchover", new MemberClient.Answered(200, "scheduled switchover deleted"));
        assertThat(hactl("flush", "demo", "switchover").out()).isEqualTo("Success: scheduled switchover deleted\n");
        assertThat(world.sent).last().isEqualTo("DELETE pg0/switchover");
    }
}
