package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done to members: restart, reinit, remove. */
class MemberCommandsTest extends HactlAtWork {
    @Test
    void membersAreRestarted() {
        world.sample = Sample.read("03-pending-restart");
        world.replies.put("POST /restart", new MemberClient.Answered(200, "restarted successfully"));
        assertThat(hactl("restart", "demo", "--pending", "--force").out())
                .endsWith(
                        "Success: restart on member pg1\nSuccess: restart on member pg2\nSuccess: restart on member pg0\n");
        // max_connections is raised: the standbys need it before the primary has it.
        assertThat(world.sent).first().isEqualTo("POST pg1/restart {restart_pending=true}");
        world.sent.clear();
        hactl("restart", "demo", "pg1", "pg2", "--any", "--force", "--pg-version", "15.3", "--timeout", "5min");
        assertThat(world.sent)
                .singleElement()
                .asString()
                .matches("POST pg[12]/restart \\{postgres_version=15.3, timeout=5min}");
    }

    @Test
    void afterAServerThatDidNotComeUpAgainNoOtherIsRestarted() {
        world.replies.put("POST /restart", new MemberClient.Answered(503, "restart failed: FATAL: no such library"));
        Result result = hactl("restart", "demo", "--force");
        assertThat(world.sent).hasSize(1);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("Error: not restarted: ").contains("did not come up again");
    }

    @Test
    void aRefusedRestartIsPrintedAndTheOthersFollow() {
        world.replies.put("POST /restart", new MemberClient.Answered(503, "restart conditions are not satisfied"));
        Result refused = hactl("restart", "demo", "--force");
        assertThat(world.sent).hasSize(3);
        assertThat(refused.status()).as("as Patroni's").isZero();
        world.gone.add("pg1");
        Result unreached = hactl("restart", "demo", "--force");
        assertThat(unreached.out())
                .endsWith("Failed: restart for member pg0, status code=503, (restart conditions are not satisfied)\n");
        assertThat(unreached.err()).isEqualTo("Error: no answer to restart from: pg1\n");
        assertThat(unreached.status()).isEqualTo(1);
        for (String command : List.of("reload demo --force", "reinit demo pg1 --force")) {
            assertThat(hactl(command.split(" ", -1)).err()).as(command).contains("no answer to", "pg1");
        }
    }

    @Test
    void thePrimaryIsNotRestartedWithMoreThanAStandbyGot() {
        world.sample = Sample.read("03-pending-restart");
        world.gone.add("pg1");
        world.replies.put("POST /restart", new MemberClient.Answered(200, "restarted successfully"));
        Result result = hactl("restart", "demo", "--force");
        assertThat(world.sent).containsExactly("POST pg1/restart");
        assertThat(result.out()).endsWith("Failed: restart for member pg1, (cannot connect)\n");
        assertThat(result.err())
                .isEqualTo("Error: not restarted: pg2, pg0. They come after pg1, which waits for max_connections:"
                        + " a standby must not have less of it than its primary. Mend pg1, then restart again\n");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void aRestartIsAskedFor() {
        world.replies.put("POST /restart", new MemberClient.Answered(503, "restart conditions are not satisfied"));
        typed = "\n\ny\n";
        assertThat(hactl("restart", "demo", "-r", "leader").out())
                .endsWith("Failed: restart for member pg0, status code=503, (restart conditions are not satisfied)\n");
        typed = "now\n\nn\n";
        assertThat(hactl("restart", "demo").status()).isEqualTo(1);
        assertThat(world.sent).containsExactly("POST pg0/restart");
        assertThat(hactl("restart", "demo", "--force", "--scheduled", "soon").status())
                .isEqualTo(1);
    }

    @Test
    void aRestartIsScheduledAndForgotten() {
        world.sample = Sample.read("02-switchover-and-restart-scheduled");
        world.replies.put("POST /restart", new MemberClient.Answered(202, "Restart scheduled"));
        world.replies.put("DELETE /restart", new MemberClient.Answered(200, "scheduled restart deleted"));
        assertThat(hactl("restart", "demo", "pg1", "--scheduled", "2099-01-02T00:00+00:00", "--force")
                        .out())
                .endsWith("Success: restart scheduled on member pg1\n");
        assertThat(world.sent)
                .containsExactly("DELETE pg1/restart", "POST pg1/restart {schedule=2099-01-02T00:00:00+00:00}");
        assertThat(hactl("flush", "demo", "restart", "--force").out())
                .endsWith("No scheduled restart for member pg0\n"
                        + "Success: flush scheduled restart for member pg1\nNo scheduled restart for member pg2\n");
        assertThat(hactl("flush", "demo", "pg0", "nonsense").status()).isEqualTo(2);
        world.replies.put("POST /restart", new MemberClient.Answered(409, "Another restart is already scheduled"));
        typed = "2099-01-02T00:00+00:00\n\ny\n";
        assertThat(hactl("restart", "demo", "pg1").out())
                .endsWith("Failed: another restart is already scheduled on member pg1\n");
    }

    @Test
    void dataIsReplacedAndWaitedFor() {
        world.replies.put("POST /reinitialize", new MemberClient.Answered(200, "reinitialize started"));
        world.answers.put("pg2", "{\"state\":\"running\",\"pgha\":{}}");
        assertThat(hactl("reinit", "demo", "pg2", "--force", "--wait").out())
                .endsWith("Success: reinitialize for member pg2\nWaiting for reinitialize to complete on: pg2\n"
                        + "Reinitialize is completed on: pg2\n");
        assertThat(world.sent).containsExactly("POST pg2/reinitialize {force=true, from_leader=false}");
        assertThat(hactl("reinit", "demo", "--force").status()).isEqualTo(1);
    }

    @Test
    void aCopyThatWasNotMadeIsAFailure() {
        world.replies.put("POST /reinitialize", new MemberClient.Answered(200, "reinitialize started"));
        world.answers.put("pg2", copied("2026-11-21T01:00:00Z", "done", ""));
        world.afterwards.put(
                "pg2", copied("2026-11-21T02:00:00Z", "failed", "no space; the old data is back in its place"));
        Result run = hactl("reinit", "demo", "pg2", "--force", "--wait");
        assertThat(run.out())
                .endsWith("Failed: reinitialize on pg2: failed, no space; the old data is back in its place\n");
        assertThat(run.err()).contains("not reinitialized: pg2");
        assertThat(run.status()).isEqualTo(1);
        world.afterwards.put("pg2", copied("2026-11-21T03:00:00Z", "done", "copied"));
        assertThat(hactl("reinit", "demo", "pg2", "--force", "--wait").out())
                .endsWith("Reinitialize is completed on: pg2\n");
    }

    private static String copied(String at, String outcome, String message) {
        return "{\"state\":\"running\",\"pgha\":{\"version\":\"1\",\"last_jobs\":{\"reinitialize\":{\"outcome\":\""
                + outcome + "\",\"message\":\"" + message + "\",\"at\":\"" + at + "\"}}}}";
    }

    @Test
    void aBusyMemberIsForcedOnlyWhenThatIsWanted() {
        world.replies.put("POST /reinitialize", new MemberClient.Answered(503, "pg_rewind already in progress"));
        typed = "pg2\ny\ny\n";
        assertThat(hactl("reinit", "demo", "--from-leader").out())
                .endsWith("Failed: reinitialize for member pg2, status code=503, (pg_rewind already in progress)\n");
        assertThat(world.sent)
                .containsExactly(
                        "POST pg2/reinitialize {force=false, from_leader=true}",
                        "POST pg2/reinitialize {force=true, from_leader=true}");
    }

    @Test
    void nothingIsScheduledWhileTheClusterIsPaused() {
        world.sample = Sample.read("04-paused");
        assertThat(hactl("restart", "demo", "--force", "--scheduled", "2099-01-02T00:00+00:00")
                        .err())
                .contains("Can't schedule restart in the paused state");
    }

    @Test
    void aClusterIsRemovedOnlyByWhoeverTypesAllThreeAnswers() {
        typed = "demo\nYes I am aware\npg1\n";
        assertThat(hactl("remove", "demo").status()).isEqualTo(1);
        assertThat(world.written).isEmpty();
        typed = "demo\nYes I am aware\npg0\n";
        assertThat(hactl("remove", "demo").status()).isZero();
        assertThat(world.written).containsExactly("remove demo");
    }
}
