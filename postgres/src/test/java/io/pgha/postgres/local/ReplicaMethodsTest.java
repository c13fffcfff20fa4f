package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StopMode;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ways to make a replica, places where it may live, and putting old data aside. */
@Tag("real")
class ReplicaMethodsTest {
    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode primary = sandbox.node("pg1");
    private final PostgresNode replica = sandbox.node("pg2");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void anOperatorsScriptMakesTheReplica() {
        primary.bootstrapped();
        Path script = sandbox.script(
                "copy.sh",
                "for a in \"$@\"; do case $a in --datadir=*) dir=${a#*=};; --connstring=*) from=${a#*=};;"
                        + " --role=*) role=${a#*=};; --scope=*) scope=${a#*=};; --speed=*) speed=${a#*=};; esac; done",
                "[ \"$role $scope $speed\" = 'replica demo high' ] || exit 7",
                Sandbox.binDir() + "/pg_basebackup -w -c fast -D \"$dir\" -d \"$from\"");
        replica.with(settings -> settings.method("mine", Map.of("command", script.toString(), "speed", "high")));
        replica.clonedFrom(primary);
        assertThat(replica.observe().runsAsStandby()).isTrue();
    }

    @Test
    void withoutASourceOnlyMethodsThatNeedNoneAreTried() {
        Result result =
                replica.postgres().createReplica(new CloneRequest(Optional.empty(), false), JobControl.UNATTENDED);
        assertThat(result.message()).contains("no_leader");
        Path script = sandbox.script("fail.sh", "exit 9");
        replica.with(settings ->
                settings.method("restore", Map.of("command", script.toString(), "no_params", true, "no_leader", true)));
        result = replica.postgres().createReplica(new CloneRequest(Optional.empty(), false), JobControl.UNATTENDED);
        assertThat(result.message()).contains("restore").contains("exit code 9");
        assertThat(replica.observe().state()).isEqualTo(PostgresState.STOPPED);
    }

    @Test
    void aCopyThatIsNotWantedAnyMoreEndsAtOnceAndLeavesNothing() {
        Path script = sandbox.script(
                "slow.sh", "mkdir -p " + replica.dataDir(), "touch " + replica.dataDir() + "/part", "sleep 60");
        replica.with(settings ->
                settings.method("slow", Map.of("command", script.toString(), "no_params", true, "no_leader", true)));
        AtomicBoolean cancelled = new AtomicBoolean();
        JobControl control = new JobControl() {
            @Override
            public boolean cancelled() {
                return cancelled.get();
            }

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }

            @Override
            public void progress(String text) {}
        };
        CompletableFuture<Result> running = CompletableFuture.supplyAsync(
                () -> replica.postgres().createReplica(new CloneRequest(Optional.empty(), false), control));
        await().until(() -> Files.exists(replica.dataDir().resolve("part")));
        assertThat(replica.observe().state()).isEqualTo(PostgresState.CREATING_REPLICA);
        cancelled.set(true);
        await().atMost(Duration.ofSeconds(15)).until(running::isDone);
        assertThat(running.join()).isInstanceOf(Result.Cancelled.class);
        assertThat(replica.dataDir().resolve("part")).doesNotExist();
        assertThat(replica.observe().dataDirectory()).isEqualTo(DataDirectory.EMPTY);
    }

    @Test
    void theConfigurationMayLiveElsewhereAndSessionsMayUseTheSocket() {
        Path config = sandbox.makeFolder("etc");
        primary.with(settings -> settings.configDir(config).unixSocket());
        primary.bootstrapped();
        assertThat(primary.observe().runsAsPrimary()).isTrue();
        assertThat(primary.query("SHOW config_file"))
                .isEqualTo(config.resolve("postgresql.conf").toString());
        assertThat(primary.query("SELECT count(*) FROM pg_stat_activity WHERE client_addr IS NULL AND application_name"
                        + " = 'pgha heartbeat'"))
                .isNotEqualTo("0");
        Path replicaConfig = sandbox.makeFolder("etc2");
        replica.with(settings -> settings.configDir(replicaConfig).unixSocket());
        replica.clonedFrom(primary);
        assertThat(replica.observe().runsAsStandby()).isTrue();
    }

    @Test
    void oldDataIsPutAsideWithItsWalAndCouldStillBeStarted() throws IOException {
        primary.bootstrapped();
        primary.sql("CREATE TABLE t AS SELECT 42 AS i");
        succeeds(primary.stop(StopMode.FAST));
        Path wal = sandbox.folder().resolve("wal");
        Files.move(primary.dataDir().resolve("pg_wal"), wal);
        Files.createSymbolicLink(primary.dataDir().resolve("pg_wal"), wal);
        Result result = primary.postgres().setAside(false);
        succeeds(result);
        assertThat(primary.observe().dataDirectory()).isEqualTo(DataDirectory.EMPTY);
        assertThat(wal).isEmptyDirectory();
        Path aside = Path.of(result.message().substring(result.message().lastIndexOf(' ') + 1));
        assertThat(aside.resolve("pg_wal").toRealPath().toString()).startsWith(wal + ".20");
        Files.move(aside, primary.dataDir());
        succeeds(primary.startAsPrimary());
        assertThat(primary.query("SELECT i FROM t")).isEqualTo("42");
        succeeds(primary.stop(StopMode.FAST));
        succeeds(primary.postgres().setAside(true));
        assertThat(primary.dataDir()).isEmptyDirectory();
    }
}
