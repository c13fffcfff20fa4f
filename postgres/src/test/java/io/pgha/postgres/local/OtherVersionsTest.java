package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A short life of a cluster on other versions' servers: {@code -Dpgha.test.otherVersions=/opt/pg11,/opt/pg18}, each with
 * {@code bin/postgres} and {@code bin/initdb}. Such server-only builds lack the other programs: the control file is read
 * by a script, and copies are made with cp.
 */
@Tag("real")
class OtherVersionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aClusterIsMadeSwitchedAndReconfiguredOnEachVersion() throws IOException {
        String configured = System.getProperty("pgha.test.otherVersions", "");
        assumeFalse(configured.isEmpty(), "no other versions are given by -Dpgha.test.otherVersions");
        for (String home : Arrays.stream(configured.split(",")).toList()) {
            live(Path.of(home));
        }
    }

    private static void live(Path home) throws IOException {
        try (Sandbox sandbox = Sandbox.open()) {
            Path bin = programs(sandbox, home);
            PostgresNode first = sandbox.node("pg1").with(settings -> settings.binDir(bin));
            PostgresNode second = sandbox.node("pg2").with(settings -> settings.binDir(bin));
            first.bootstrapped();
            first.sql("CREATE TABLE t AS SELECT 1 AS i");
            PostgresObservation seen = first.observe();
            assertThat(seen.complaint()).isEmpty();
            assertThat(seen.runsAsPrimary()).isTrue();
            System.out.println(home + ": " + seen.server().orElseThrow().serverVersion());
            Lsn reached = seen.server().orElseThrow().location();
            succeeds(first.postgres().applySlots(new SlotPlan(List.of(), List.of("pg2", "old"), List.of())));
            first.sql("INSERT INTO t VALUES (2)");
            Lsn later = first.observe().server().orElseThrow().location();
            assertThat(later.isAfter(reached)).isTrue();
            succeeds(first.postgres()
                    .applySlots(
                            new SlotPlan(List.of("old"), List.of(), List.of(new SlotPlan.Advance("pg2", reached)))));

            succeeds(first.stop(StopMode.FAST));
            copy(sandbox, first, second);
            succeeds(first.startAsPrimary());
            succeeds(second.startAsStandby(first));
            awaitStreaming(second);
            assertThat(second.postgres().follows(Optional.of(first.asUpstream())))
                    .isTrue();
            assertThat(second.postgres().follows(Optional.empty())).isFalse();
            succeeds(second.postgres()
                    .configure(
                            second.with(settings -> settings.parameter("work_mem", "5MB"))
                                    .settings(),
                            ConfigRole.REPLICA));
            await().atMost(PATIENCE).until(() -> second.query("SHOW work_mem").equals("5MB"));
            assertThat(second.postgres().follows(Optional.of(first.asUpstream())))
                    .isTrue();

            succeeds(first.stop(StopMode.FAST));
            succeeds(second.promote());
            second.sql("INSERT INTO t VALUES (3)");
            assertThat(second.observe().server().orElseThrow().timeline()).isEqualTo(new Timeline(2));
            assertThat(second.observe().standbySignal()).isFalse();
            succeeds(second.postgres().applySlots(new SlotPlan(List.of(), List.of("pg1"), List.of())));
            succeeds(first.startAsStandby(second));
            awaitStreaming(first);
            await().atMost(PATIENCE)
                    .until(() -> first.query("SELECT count(*) FROM t").equals("3"));
            assertThat(first.observe().server().orElseThrow().timeline()).isEqualTo(new Timeline(2));
            succeeds(first.postgres().follow(Optional.empty(), JobControl.UNATTENDED));
            await().atMost(PATIENCE)
                    .until(() -> first.observe()
                            .server()
                            .flatMap(ServerStatus::upstream)
                            .isEmpty());
            succeeds(first.postgres().follow(Optional.of(second.asUpstream()), JobControl.UNATTENDED));
            awaitStreaming(first);
        }
    }

    private static void awaitStreaming(PostgresNode node) {
        await().atMost(PATIENCE)
                .until(() -> node.observe()
                        .server()
                        .flatMap(ServerStatus::replicationState)
                        .filter("streaming"::equals)
                        .isPresent());
    }

    private static void copy(Sandbox sandbox, PostgresNode from, PostgresNode to) {
        CommandOutcome outcome = new CommandRunner(sandbox.account())
                .run(
                        Command.of(
                                "cp",
                                "-a",
                                from.dataDir().toString(),
                                to.dataDir().toString()),
                        PATIENCE);
        assertThat(outcome).matches(CommandOutcome::successful, outcome.complaint());
    }

    private static Path programs(Sandbox sandbox, Path home) throws IOException {
        Path bin = sandbox.makeFolder("programs");
        for (String program : List.of("postgres", "initdb")) {
            Files.writeString(
                    bin.resolve(program),
                    "#!/bin/sh\nexec " + home.resolve("bin").resolve(program) + " \"$@\"\n");
        }
        Files.writeString(bin.resolve("pg_basebackup"), "#!/bin/sh\nexit 1\n");
        // The beginning of the control file has been the same since version 11.
        Files.writeString(
                bin.resolve("pg_controldata"),
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "f=\"$1/global/pg_control\"",
                        "word() { od -An -t \"$1\" -j \"$2\" -N \"$3\" \"$f\" | tr -d ' '; }",
                        "set -- 'starting up' 'shut down' 'shut down in recovery' 'shutting down' 'in crash recovery'"
                                + " 'in archive recovery' 'in production'",
                        "shift $(word u4 16 4)",
                        "echo \"Database system identifier: $(word u8 0 8)\"",
                        "echo \"Database cluster state: $1\"",
                        "printf 'Latest checkpoint location: %X/%X\\n' $(word u4 36 4) $(word u4 32 4)",
                        "echo \"Latest checkpoint's TimeLineID: $(word u4 48 4)\"",
                        ""));
        try (Stream<Path> made = Files.list(bin)) {
            for (Path program : made.toList()) {
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
        return bin;
    }
}
