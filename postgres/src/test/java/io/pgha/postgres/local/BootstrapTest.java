package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings.BootstrapSettings;
import io.pgha.postgres.PostgresSettings.BootstrapUser;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** New clusters and what operators hang onto their making. */
@Tag("real")
class BootstrapTest {
    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode node = sandbox.node("pg1");

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static UnaryOperator<BootstrapSettings> custom(String method, Map<String, Object> section) {
        return old -> new BootstrapSettings(
                Optional.of(method), section, old.initdbOptions(), old.pgHba(), old.postBootstrap(), old.users());
    }

    private static UnaryOperator<BootstrapSettings> initdb(List<String> options) {
        return old -> new BootstrapSettings(
                old.method(), old.methodOptions(), options, old.pgHba(), old.postBootstrap(), old.users());
    }

    private static UnaryOperator<BootstrapSettings> after(String command, BootstrapUser... users) {
        return old -> new BootstrapSettings(
                old.method(),
                old.methodOptions(),
                old.initdbOptions(),
                old.pgHba(),
                Optional.of(command),
                List.of(users));
    }

    @Test
    void usersAndScriptsBelongToANewClusterAndNoPasswordIsLogged() throws IOException {
        Path script = sandbox.script(
                "post.sh", Sandbox.binDir() + "/psql \"$1\" -w -c 'CREATE TABLE made_by_script (i int)'");
        node.with(settings -> settings.bootstrap(after(
                        script.toString(),
                        new BootstrapUser("admin", "ad'min%", List.of("createrole", "createdb", "x"))))
                .parameter("log_statement", "all"));
        node.bootstrapped();
        assertThat(node.query("SELECT rolcreaterole AND rolcreatedb AND rolcanlogin AND NOT rolsuper FROM pg_roles"
                        + " WHERE rolname = 'admin'"))
                .isEqualTo("t");
        assertThat(node.query("SELECT count(*) FROM public.made_by_script")).isEqualTo("0");
        String log = Files.readString(sandbox.folder().resolve("pg1.log"));
        assertThat(log).doesNotContain("secret").doesNotContain("ad'min").doesNotContain("SCRAM-SHA-256$");
    }

    @Test
    void aFailedScriptMakesTheBootstrapFailAndTheDirectoryIsKeptAside() {
        node.with(settings -> settings.bootstrap(
                after(sandbox.script("post.sh", "echo broken >&2; exit 3").toString())));
        succeeds(node.postgres().bootstrap(JobControl.UNATTENDED));
        Result result = node.postgres().finishBootstrap(JobControl.UNATTENDED);
        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(result.message())
                .contains("post_bootstrap")
                .contains("exit code 3")
                .contains("broken");
        succeeds(node.postgres().abandonBootstrap());
        assertThat(node.dataDir()).doesNotExist();
        assertThat(Path.of(node.dataDir() + ".failed")).isDirectory();
    }

    @Test
    void anOptionThatPghaSetsItselfIsRefusedBeforeAnythingIsDone() {
        node.with(settings -> settings.bootstrap(initdb(List.of("--pgdata=/elsewhere"))));
        Result result = node.postgres().bootstrap(JobControl.UNATTENDED);
        assertThat(result.message()).contains("bootstrap.initdb").contains("pgdata");
        assertThat(node.observe().state()).isEqualTo(PostgresState.INITDB_FAILED);
        assertThat(node.dataDir()).doesNotExist();
    }

    @Test
    void whatAKilledAgentLeftOfItsInitdbDoesNotHinderTheNextOne() throws IOException {
        Files.createDirectories(node.dataDir().resolve("base"));
        Files.writeString(node.dataDir().resolveSibling(".data.pgha-unfinished"), "");
        sandbox.account().handOver(node.dataDir());
        node.bootstrapped();
        assertThat(node.observe().runsAsPrimary()).isTrue();
    }

    @Test
    void aCustomMethodMakesTheClusterAndThePasswordsAreSetAfterwards() {
        Path script = sandbox.script(
                "make.sh",
                "for a in \"$@\"; do case $a in --datadir=*) dir=${a#*=};; --flavour=*) flavour=${a#*=};; esac; done",
                "[ \"$flavour\" = vanilla ] || exit 7",
                Sandbox.binDir() + "/initdb -U postgres -A trust -N -D \"$dir\"");
        node.with(settings ->
                settings.bootstrap(custom("mine", Map.of("command", script.toString(), "flavour", "vanilla"))));
        node.bootstrapped();
        assertThat(node.observe().runsAsPrimary()).isTrue();
        assertThat(node.query("SELECT count(*) FROM pg_roles WHERE rolname = 'replicator'"))
                .isEqualTo("1");
    }

    @Test
    void aCustomMethodRecoversToItsTargetAndIsPromoted() {
        PostgresNode origin = sandbox.node("origin");
        Path archive = sandbox.makeFolder("archive");
        origin.with(settings ->
                settings.parameter("archive_mode", "on").parameter("archive_command", "cp %p " + archive + "/%f"));
        origin.bootstrapped();
        origin.sql("CREATE TABLE t (i int)");
        Path backup = sandbox.folder().resolve("backup");
        Path copy = sandbox.script(
                "backup.sh",
                "PGPASSWORD='" + PostgresNode.REPLICATION.password() + "' " + Sandbox.binDir()
                        + "/pg_basebackup -c fast -X none -h 127.0.0.1 -U replicator -D " + backup + " -p "
                        + origin.settings().port());
        assertThat(new CommandRunner(sandbox.account()).run(Command.of(copy.toString()), Duration.ofMinutes(1)))
                .matches(CommandOutcome::successful, "the backup works");
        origin.sql("INSERT INTO t VALUES (1)", "SELECT pg_create_restore_point('here')", "INSERT INTO t VALUES (2)");
        origin.sql("SELECT pg_switch_wal()", "CHECKPOINT");
        succeeds(origin.stop(StopMode.FAST));

        Path script = sandbox.script("restore.sh", "cp -a " + backup + " " + node.dataDir());
        node.with(settings -> settings.bootstrap(custom(
                "restore",
                Map.of(
                        "command",
                        script.toString(),
                        "no_params",
                        true,
                        "recovery_conf",
                        Map.of(
                                "restore_command", "cp " + archive + "/%f %p",
                                "recovery_target_name", "here",
                                "recovery_target_action", "promote")))));
        node.bootstrapped();
        assertThat(node.query("SELECT sum(i) FROM t")).isEqualTo("1");
        assertThat(node.observe().server().orElseThrow().timeline()).isEqualTo(new Timeline(2));
        assertThat(node.observe().standbySignal()).isFalse();
    }
}
