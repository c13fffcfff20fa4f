package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the members share: pause, resume, edit-config, reload. */
class ConfigCommandsTest extends HactlAtWork {
    @Test
    void pauseAsksTheLeaderAndWaitsForAll() {
        world.replies.put("PATCH /config", new MemberClient.Answered(200, "{}"));
        Result result = hactl("pause", "--wait");
        assertThat(result.out()).isEqualTo("""
                'pause' request sent, waiting until it is recognized by all nodes
                Success: cluster management is paused
                """);
        assertThat(result.status()).isZero();
        assertThat(world.sent).containsExactly("PATCH pg0/config {pause=true}");
        assertThat(hactl("list").out()).endsWith(" Maintenance mode: on\n");
        assertThat(hactl("pause").err()).isEqualTo("Error: Cluster is already paused\n");
    }

    @Test
    void resumeEndsThePause() {
        world.sample = Sample.read("04-paused");
        world.replies.put("PATCH /config", new MemberClient.Answered(200, "{}"));
        assertThat(hactl("resume", "demo").out()).isEqualTo("Success: cluster management is resumed\n");
        assertThat(world.sent).containsExactly("PATCH pg0/config {pause=null}");
        Result again = hactl("resume", "demo");
        assertThat(again.err()).isEqualTo("Error: Cluster is not paused\n");
        assertThat(again.status()).isEqualTo(1);
    }

    @Test
    void pauseTriesOneMemberAfterTheOther() {
        assertThat(hactl("pause").err()).isEqualTo("Error: Can not find accessible cluster member\n");
        assertThat(world.sent)
                .containsExactly(
                        "PATCH pg0/config {pause=true}",
                        "PATCH pg1/config {pause=true}",
                        "PATCH pg2/config {pause=true}");
        world.replies.put("PATCH /config", new MemberClient.Answered(401, "not authenticated"));
        world.obeys = false;
        Result refused = hactl("pause");
        assertThat(refused.out()).isEqualTo("Failed: pause cluster management status code=401, (not authenticated)\n");
        assertThat(refused.status()).isZero();
    }

    @Test
    void aChangedConfigurationIsShownAndWritten() {
        Result result =
                hactl("edit-config", "-s", "synchronous_mode=true", "-p", "a.b=on", "-s", "mine.x=1", "--force");
        assertThat(result.err()).matches("Warning: mine: is not known, it has no effect; .*\n");
        assertThat(result.out())
                .startsWith("--- \n+++ \n@@ ")
                .contains("\n-synchronous_mode: quorum\n", "\n+synchronous_mode: true\n", "\n+    a.b: true\n")
                .contains("\n+mine:\n+  x: 1\n")
                .endsWith("\nConfiguration changed\n");
        assertThat(world.written).singleElement().asString().contains("synchronous_mode=true", "mine={x=1}");
    }

    @Test
    void aConfigurationComesFromAFileOrFromStandardInput() throws IOException {
        Path file = Files.writeString(folder.resolve("new.yml"), "ttl: 40\nfailsafe_mode: null\n");
        typed = "y\n";
        assertThat(hactl("edit-config", "-q", "--apply", file.toString()).out())
                .isEqualTo("Apply these changes? [y/N]: Configuration changed\n");
        typed = "{}\n";
        Result nothing = hactl("edit-config", "-q", "--replace", "-", "--force");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.err()).contains("is empty: all settings would be gone");
        typed = "ttl: 40\n";
        assertThat(hactl("edit-config", "-q", "--replace", "-", "--force").status())
                .isZero();
        assertThat(world.written).last().isEqualTo("config {ttl=40}");
        assertThat(hactl("edit-config", "-q", "--replace", "-").out()).contains("--force");
    }

    @Test
    void whatChangesNothingOrCannotBeUsedIsNotWritten() {
        assertThat(hactl("edit-config", "-s", "synchronous_mode=quorum", "--force")
                        .out())
                .isEqualTo("Not changed\n");
        assertThat(hactl("edit-config", "-s", "ttl=soon", "--force").err()).contains("ttl");
        assertThat(hactl("edit-config", "-p", "work_mem=much", "-s", "slots.Bad=null", "-s", "slots.Bad.x=1", "--force")
                        .err())
                .contains(
                        "nothing was changed",
                        "slots.Bad: is no name for a slot",
                        "postgresql.parameters.work_mem: is \"much\"");
        assertThat(hactl("edit-config", "--apply", "/nonexist", "--force").err())
                .isEqualTo("Error: /nonexist cannot be read: there is no such file\n");
        assertThat(hactl("edit-config", "--apply", folder.toString()).err()).doesNotContain("Exception");
        assertThat(hactl("edit-config", "-s", "ttl", "--force").err()).contains("KEY=VALUE");
        assertThat(world.written).isEmpty();
        world.conflict = true;
        assertThat(hactl("edit-config", "-s", "ttl=40", "--force").err()).contains("concurrent changes");
    }

    @Test
    void everyMemberIsToldToReload() {
        world.replies.put("POST /reload", new MemberClient.Answered(202, "reload scheduled"));
        assertThat(hactl("reload", "demo", "--force").out())
                .contains("Reload request received for member pg0 and will be processed within 3 seconds\n");
        assertThat(world.sent).containsExactly("POST pg0/reload", "POST pg1/reload", "POST pg2/reload");
        assertThat(hactl("reload", "demo", "pg0", "-r", "replica", "--force").status())
                .isEqualTo(1);
    }
}
