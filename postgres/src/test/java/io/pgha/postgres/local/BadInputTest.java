package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StopMode;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.ServerAccount;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each mistake gets one sentence that names the place and the remedy, and harms no data. */
@Tag("real")
class BadInputTest {
    private static final Credentials WRONG = new Credentials("replicator", "wrong", Map.of());

    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode node = sandbox.node("pg1");
    private final PostgresNode other = sandbox.node("pg2");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aDirectoryWithForeignFilesIsNeverTouched() throws IOException {
        Files.createDirectories(node.dataDir());
        Files.writeString(node.dataDir().resolve("thesis.tex"), "precious");
        PostgresObservation seen = node.observe();
        assertThat(seen.dataDirectory()).isEqualTo(DataDirectory.INACCESSIBLE);
        assertThat(seen.complaint())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains(node.dataDir().toString())
                        .contains("thesis.tex")
                        .contains("postgresql.data_dir"));
        assertThat(node.postgres().bootstrap(JobControl.UNATTENDED).succeeded()).isFalse();
        assertThat(node.postgres()
                        .createReplica(new CloneRequest(Optional.of(other.asUpstream()), false), JobControl.UNATTENDED)
                        .succeeded())
                .isFalse();
        assertThat(node.dataDir().resolve("thesis.tex")).hasContent("precious");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Files.writeString(node.dataDir(), "a file");
        assertThat(node.observe().complaint())
                .hasValueSatisfying(text -> assertThat(text).contains("is not a directory"));
        assertThat(node.observe().dataDirectory()).isEqualTo(DataDirectory.INACCESSIBLE);
    }

    @Test
    void missingProgramsAreNamed() {
        node.with(settings -> settings.binDir(Path.of("/nowhere")));
        assertThat(node.observe().complaint())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("pg_controldata")
                        .contains("/nowhere")
                        .contains("postgresql.bin_dir"));
        assertThat(node.postgres().bootstrap(JobControl.UNATTENDED).message()).contains("postgresql.bin_dir");
    }

    @Test
    void rootIsSentAway() {
        try (LocalPostgres asRoot = new LocalPostgres(node.settings(), ServerAccount.of("root"), Redirect.DISCARD)) {
            assertThat(asRoot.observe().complaint())
                    .contains("pgha runs as root, but PostgreSQL refuses to: start pgha as the user postgres");
        }
    }

    @Test
    void dataOfAnotherVersionIsNotStarted() throws IOException {
        node.bootstrapped();
        succeeds(node.stop(StopMode.FAST));
        Files.writeString(node.dataDir().resolve("PG_VERSION"), "13\n");
        assertThat(node.observe().complaint())
                .hasValueSatisfying(
                        text -> assertThat(text).contains("of PostgreSQL 13").contains("pg_upgrade"));
        Result result = node.startAsPrimary();
        assertThat(result.message()).contains("of PostgreSQL 13");
        assertThat(node.observe().state()).isEqualTo(PostgresState.START_FAILED);
    }

    @Test
    void aFailedStartIsExplainedInTheServersOwnWords() throws IOException {
        node.bootstrapped();
        succeeds(node.stop(StopMode.FAST));
        node.with(settings -> settings.parameter("shared_preload_libraries", "nosuchlib"));
        assertThat(node.startAsPrimary().message())
                .startsWith("PostgreSQL gave up starting: FATAL:  could not access file \"nosuchlib\"")
                .endsWith("(" + sandbox.folder().resolve("pg1.log") + ")");
        assertThat(node.observe().complaint())
                .hasValueSatisfying(text -> assertThat(text).contains("nosuchlib"));
        node.with(settings -> settings.parameter("shared_preload_libraries", "").parameter("logging_collector", "on"));
        succeeds(node.startAsPrimary());
        succeeds(node.stop(StopMode.FAST));
        Files.move(node.dataDir().resolve("pg_xact"), node.dataDir().resolve("pg_xact.gone"));
        assertThat(node.startAsPrimary().message())
                .contains("FATAL:  could not ", "pg_xact")
                .contains("(" + node.dataDir().resolve("log"));
    }

    @Test
    void whyAnEarlierStartFailedIsNoComplaintOnceTheServerCameUp() throws IOException {
        node.bootstrapped();
        succeeds(node.stop(StopMode.FAST));
        node.with(settings -> settings.parameter("shared_preload_libraries", "nosuchlib"));
        assertThat(node.startAsPrimary().succeeded()).isFalse();
        assertThat(node.observe().complaint()).isPresent();
        node.with(settings -> settings.parameter("shared_preload_libraries", ""));
        node.postgres().startAsPrimary(Duration.ZERO, JobControl.UNATTENDED);
        await().untilAsserted(() -> assertThat(node.observe().server()).isPresent());
        succeeds(node.stop(StopMode.FAST));
        assertThat(node.observe().complaint()).isEmpty();
    }

    /** initdb and crash recovery run a single-user server of their own, which is nothing to wait for. */
    @Test
    void workOfOursIsNoComplaint() throws IOException {
        complainsOfNothing(() -> node.postgres().bootstrap(JobControl.UNATTENDED));
        succeeds(node.postgres().fence("the machine fails"));
        complainsOfNothing(() -> node.postgres().crashRecover(JobControl.UNATTENDED));
    }

    private void complainsOfNothing(Supplier<Result> work) {
        CompletableFuture<Result> done = CompletableFuture.supplyAsync(work);
        while (!done.isDone()) {
            assertThat(node.observe().complaint()).isEmpty();
        }
        succeeds(done.join());
    }

    @Test
    void aConfigurationThatPostgresqlCannotReadIsQuotedWhereItsOutputCannotBeRead() throws IOException {
        node.bootstrapped();
        succeeds(node.stop(StopMode.FAST));
        Files.writeString(node.dataDir().resolve("postgresql.base.conf"), "work_mem = 'plenty'\n");
        try (LocalPostgres silent = new LocalPostgres(node.settings(), sandbox.account(), Redirect.DISCARD)) {
            assertThat(silent.startAsPrimary(Duration.ofSeconds(10), JobControl.UNATTENDED)
                            .message())
                    .contains("invalid value for parameter \"work_mem\": \"plenty\"", "FATAL:  configuration file");
        }
    }

    @Test
    void aWrongSuperuserPasswordIsAComplaintAndTheServerRunsOn() {
        node.bootstrapped();
        node.with(settings -> settings.superuser(new Credentials("postgres", "wrong", Map.of())));
        PostgresObservation seen = node.observe();
        assertThat(seen.postmasterRuns()).isTrue();
        assertThat(seen.mayTakeWrites()).isTrue();
        assertThat(seen.complaint())
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("password authentication failed")
                        .contains("postgresql.authentication.superuser")
                        .doesNotContain("wrong"));
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        node.bootstrapped();
        succeeds(node.stop(StopMode.FAST));
        try (ServerSocket taken =
                new ServerSocket(node.settings().port(), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(taken.isBound()).isTrue();
            assertThat(node.startAsPrimary().message())
                    .contains("port " + node.settings().port())
                    .contains("postgresql.listen");
        }
        succeeds(node.startAsPrimary());
        assertThat(node.observe().complaint()).isEmpty();
    }

    @Test
    void aWrongReplicationPasswordIsNamedAndNothingIsLeft() {
        node.bootstrapped();
        other.with(settings -> settings.replication(WRONG));
        Result result = other.postgres()
                .createReplica(new CloneRequest(Optional.of(node.asUpstream()), false), JobControl.UNATTENDED);
        assertThat(result.message())
                .contains("postgresql.authentication.replication")
                .contains("password authentication failed");
        assertThat(other.observe().dataDirectory()).isEqualTo(DataDirectory.EMPTY);
    }

    @Test
    void aWrongPasswordForTheLeaderLeavesTheDivergenceUndetermined() {
        node.bootstrapped();
        other.clonedFrom(node);
        other.with(settings -> settings.replication(WRONG));
        Divergence verdict = other.postgres().checkDivergence(node.asUpstream(), JobControl.UNATTENDED);
        assertThat(verdict).isInstanceOf(Divergence.Undetermined.class);
        assertThat(((Divergence.Undetermined) verdict).reason()).contains("postgresql.authentication");
    }

    @Test
    void aFullDiskDuringTheCopyIsNamedAndThePartIsRemoved() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can mount a small disk");
        node.bootstrapped();
        Path disk = sandbox.makeFolder("disk");
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0, "no mounts here");
        try {
            sandbox.account().handOver(disk);
            other.with(settings -> settings.dataDir(disk.resolve("data")));
            Result result = other.postgres()
                    .createReplica(new CloneRequest(Optional.of(node.asUpstream()), false), JobControl.UNATTENDED);
            assertThat(result.message()).contains("is full").contains(disk.toString());
            assertThat(other.observe().dataDirectory()).isEqualTo(DataDirectory.EMPTY);
            assertThat(disk.resolve("data"))
                    .satisfiesAnyOf(
                            data -> assertThat(data).doesNotExist(),
                            data -> assertThat(data).isEmptyDirectory());
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void aHalfRewoundDirectoryIsNotStartedAndANewCopyTakesItsPlace() throws IOException {
        node.bootstrapped();
        other.clonedFrom(node);
        succeeds(other.stop(StopMode.FAST));
        Files.writeString(other.dataDir().resolveSibling(".data.pgha-rewinding"), "");
        assertThat(other.startAsStandby(node).message()).contains("needs a new copy");
        assertThat(other.observe().dataDirectory()).isEqualTo(DataDirectory.HALF_REWOUND);
        other.clonedFrom(node);
        assertThat(other.observe().runsAsStandby()).isTrue();
        try (Stream<Path> siblings = Files.list(other.dataDir().resolveSibling("."))) {
            assertThat(siblings.filter(path -> path.getFileName().toString().startsWith("data.20")))
                    .hasSize(1);
        }
    }

    @Test
    void aFailingPrePromoteSaysSo() {
        node.with(settings -> settings.prePromote("sh -c 'echo not today >&2; exit 1'"));
        assertThat(node.postgres().beforePromotion(JobControl.UNATTENDED).message())
                .contains("pre_promote")
                .contains("not today");
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
