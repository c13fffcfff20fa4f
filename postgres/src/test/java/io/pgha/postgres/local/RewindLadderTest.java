package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings.BootstrapSettings;
import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What keeps pg_rewind from bringing an old primary back, and that each of it is said and leaves no dead end. */
@Tag("real")
class RewindLadderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode old = sandbox.node("pg1");
    private final PostgresNode leader = sandbox.node("pg2");

    /** The old primary has writes that the leader has not, and is down. */
    @BeforeEach
    void partHistories() {
        old.bootstrapped();
        old.sql("CREATE TABLE t (i int)");
        awaitSlots(old, "pg2");
        leader.clonedFrom(old);
        awaitStreaming();
        succeeds(leader.promote());
        leader.sql("INSERT INTO t SELECT generate_series(1, 1000)");
        old.sql("INSERT INTO t VALUES (666)");
        succeeds(old.postgres().fence("a test"));
        succeeds(old.postgres().crashRecover(JobControl.UNATTENDED));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aRoleWithoutGrantsIsNamed() {
        leader.sql("REVOKE EXECUTE ON FUNCTION pg_catalog.pg_read_binary_file(text) FROM rewinder");
        assertThat(rewind())
                .isEqualTo(new Result.Failed("pg_rewind is not possible: the role \"rewinder\" on pg2 has no EXECUTE on"
                        + " pg_read_binary_file(text): grant it for the next time"));
        theDataIsAsItWas();
    }

    /** The histories are compared all the same, or the old primary would try to follow for ever. */
    @Test
    void aRoleThatIsRefusedLeadsToACopy() {
        old.with(settings -> settings.rewind(new Credentials("rewinder", "wrong", Map.of())));
        assertThat(old.postgres().checkDivergence(leader.asUpstream(), JobControl.UNATTENDED))
                .isInstanceOf(Divergence.Diverged.class);
        assertThat(rewind()).isInstanceOf(Result.Failed.class);
        assertThat(rewind().message()).contains("pg2 refuses the role of pg_rewind", "check postgresql.authentication");
    }

    @Test
    void aLeaderThatDoesNotAnswerIsWaitedFor() {
        succeeds(leader.postgres().fence("a test"));
        assertThat(rewind()).isInstanceOf(Result.TimedOut.class);
        assertThat(rewind().message()).contains("pg_rewind waits: pg2 cannot be asked");
        theDataIsAsItWas();
    }

    @Test
    void walThatIsGoneIsNoticedOnBothSides() throws IOException {
        Path wal = leader.dataDir().resolve("pg_wal");
        Path hidden = sandbox.folder().resolve("hidden");
        // A segment that is written to would be made anew.
        leader.sql("SELECT pg_switch_wal()", "INSERT INTO t VALUES (1)", "CHECKPOINT");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(wal, "00000002????????????????")) {
            Path segment = StreamSupport.stream(files.spliterator(), false)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            Files.move(segment, hidden);
            assertThat(rewind().message())
                    .contains(
                            "pg2 has no WAL any more from the point where the histories part",
                            segment.getFileName().toString());
            Files.move(hidden, segment);
        }
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(old.dataDir().resolve("pg_wal"), "00000001*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        assertThat(rewind().message()).contains("the own WAL is gone from the point where the histories part");
    }

    /** It is ended while it only reads: what is here may still be used, and is only set aside when the copy begins. */
    @Test
    void aRewindThatHangsBeforeItWritesLeavesTheDataAsItWas() throws IOException {
        old.with(settings -> settings.program("pg_rewind", program("pg_rewind: connected to server"))
                .rejoinTimeout(Duration.ofSeconds(1)));
        assertThat(rewind())
                .isEqualTo(new Result.Failed("pg_rewind showed no progress for rejoin_timeout, 1 s, and was ended; the"
                        + " data directory is as it was"));
        theDataIsAsItWas();
    }

    @Test
    void whatIsHalfRewoundIsNeverStarted() throws IOException {
        old.with(settings -> settings.program("pg_rewind", program("pg_rewind: need to copy 5 MB"))
                .rejoinTimeout(Duration.ofSeconds(1)));
        assertThat(rewind().message()).contains("is half rewound and is not started any more");
        PostgresObservation seen = old.observe();
        assertThat(seen.dataDirectory()).isEqualTo(DataDirectory.HALF_REWOUND);
        assertThat(seen.complaint().orElse("")).contains("pg_rewind was broken off");
        old.with(settings -> settings.rejoinTimeout(PATIENCE));
        assertThat(old.observe().dataDirectory()).isEqualTo(DataDirectory.HALF_REWOUND);
        succeeds(leader.postgres().applySlots(new SlotPlan(List.of(), List.of("pg1"), List.of())));
        old.clonedFrom(leader);
        await().atMost(PATIENCE).until(() -> old.query("SELECT count(*) FROM t").equals("1000"));
        assertThat(asides()).hasSize(1);
    }

    @Test
    void pagesThatCannotBeComparedAreNamed() {
        PostgresNode plain = sandbox.node("pg4");
        plain.with(settings -> settings.parameter("wal_log_hints", "off")
                .bootstrap(bootstrap -> new BootstrapSettings(
                        Optional.empty(), Map.of(), withoutChecksums(), List.of(), Optional.empty(), List.of())));
        plain.bootstrapped();
        assertThat(plain.observe().rewindObstacle())
                .contains("wal_log_hints is off and the data pages have no checksums");
    }

    /** PostgreSQL 18 makes checksums unless it is told not to; older ones do not know that option. */
    private List<String> withoutChecksums() {
        CommandOutcome help = new CommandRunner(sandbox.account())
                .run(Command.of(Sandbox.binDir().resolve("initdb").toString(), "--help"), PATIENCE);
        return help.output().contains("--no-data-checksums")
                ? List.of("--encoding=UTF8", "--no-sync", "--no-data-checksums")
                : List.of("--encoding=UTF8", "--no-sync");
    }

    private Result rewind() {
        return old.postgres().rewind(leader.asUpstream(), JobControl.UNATTENDED);
    }

    private void theDataIsAsItWas() {
        assertThat(old.observe().dataDirectory()).isEqualTo(DataDirectory.PRESENT);
        assertThat(asides()).isEmpty();
        succeeds(old.startAsPrimary());
        assertThat(old.query("SELECT count(*) FROM t WHERE i = 666")).isEqualTo("1");
    }

    private List<Path> asides() {
        try (Stream<Path> entries = Files.list(old.dataDir().getParent())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("data."))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Says something on its standard error and hangs. */
    private Path program(String words) {
        try {
            Path file = sandbox.folder().resolve("hanging_rewind");
            Files.writeString(
                    file, "#!/bin/sh\n[ \"$1\" = --help ] && exit 0\necho '" + words + "' >&2\nexec sleep 600\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A busy machine may take longer for the first session than one order waits. */
    private static void awaitSlots(PostgresNode node, String... names) {
        SlotPlan plan = new SlotPlan(List.of(), List.of(names), List.of());
        await().atMost(PATIENCE).until(() -> node.postgres().applySlots(plan).succeeded());
    }

    private void awaitStreaming() {
        await().atMost(PATIENCE)
                .until(() -> leader.observe()
                        .server()
                        .flatMap(server -> server.replicationState())
                        .equals(Optional.of("streaming")));
    }
}
