package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.action.Action;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.StopMode;
import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.core.slots.SlotHorizon;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A logical slot goes on after a failover: created, copied, moved, promoted (facts §5.14). */
@Tag("real")
class LogicalSlotsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PermanentSlot.Logical KIND = new PermanentSlot.Logical("postgres", "test_decoding");

    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode first = logical(sandbox.node("pg1"));
    private final PostgresNode second = logical(sandbox.node("pg2"));

    private static PostgresNode logical(PostgresNode node) {
        return node.with(
                settings -> settings.parameter("wal_level", "logical").parameter("hot_standby_feedback", "on"));
    }

    @BeforeEach
    void bootstrap() {
        first.bootstrapped();
        first.sql("CREATE TABLE t (i int)");
        succeeds(first.postgres().applySlots(new SlotPlan(List.of(), List.of("pg2"), List.of())));
        second.clonedFrom(first);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void withoutTheWalLevelPostgresqlIsNotEvenAsked() throws IOException {
        first.with(settings -> settings.parameter("wal_level", "replica"));
        succeeds(first.stop(StopMode.FAST));
        succeeds(first.startAsPrimary());
        assertThat(create("feed").message())
                .isEqualTo("the logical slot feed cannot be created yet: wal_level is replica, it needs logical;"
                        + " once that is configured, restart this member");
        assertThat(Files.readString(sandbox.folder().resolve("pg1.log"))).doesNotContain("ERROR:");
    }

    @Test
    void aConsumerGoesOnAtTheNewPrimaryWhereTheCopyStood() {
        succeeds(create("feed"));
        first.sql("INSERT INTO t VALUES (1)");
        assertThat(changes(first)).isEqualTo("1");
        awaitReplayed();
        succeeds(copy());
        // The file stands where the last checkpoint, or what moved the oldest WAL, has left it.
        assertThat(position(second).isAfter(position(first))).isFalse();

        first.sql("INSERT INTO t VALUES (2)");
        assertThat(changes(first)).isEqualTo("1");
        first.sql("INSERT INTO t VALUES (3)");
        awaitReplayed();
        Lsn reached = position(first);
        succeeds(second.postgres()
                .applyLogicalSlots(new LogicalSlotPlan(
                        List.of(), List.of(new LogicalSlotPlan.Advance("feed", "postgres", reached)))));
        assertThat(position(second)).isEqualTo(reached);
        await().atMost(PATIENCE).untilAsserted(() -> {
            Optional<SlotHorizon> kept = second.postgres().slotHorizon(first.asUpstream(), Set.of("feed"));
            assertThat(kept.orElseThrow().ofStandby()).isPresent();
            assertThat(kept.orElseThrow().ofLogical()).containsOnlyKeys("feed");
        });

        succeeds(first.stop(StopMode.FAST));
        succeeds(second.promote());
        second.sql("INSERT INTO t VALUES (4)");
        // 3 was not consumed before, 4 came after; 1 and 2 do not come again.
        assertThat(second.query("SELECT string_agg(substring(data from 'integer..(\\d+)'), ',') FROM"
                        + " pg_logical_slot_get_changes('feed', NULL, NULL) WHERE data LIKE '%INSERT%'"))
                .isEqualTo("3,4");
    }

    @Test
    void withoutASlotToCopyTheStandbyIsNotStopped() {
        long postmaster = second.postmaster().pid();
        Result result = copy();
        assertThat(result).isInstanceOf(Result.Failed.class);
        assertThat(second.postmaster().pid()).isEqualTo(postmaster);
    }

    @Test
    void aCopyThatVanishesIsNoReasonForOneRestartAfterTheOther() {
        succeeds(create("feed"));
        awaitReplayed();
        succeeds(copy());
        succeeds(second.postgres().applySlots(new SlotPlan(List.of("feed"), List.of(), List.of())));
        long postmaster = second.postmaster().pid();
        assertThat(copy().message()).contains("tried later");
        assertThat(second.postmaster().pid()).isEqualTo(postmaster);
    }

    @Test
    void aStandbyThatIsMadeAnewGetsItsCopiesAtOnce() {
        succeeds(create("feed"));
        awaitReplayed();
        succeeds(copy());
        succeeds(second.stop(StopMode.FAST));
        CloneRequest fromFirst = new CloneRequest(Optional.of(first.asUpstream()), false);
        succeeds(second.postgres().replaceData(fromFirst, Action.OldData.EXPENDABLE, JobControl.UNATTENDED));
        // The base backup has no WAL from before it: a slot that needs none of it.
        succeeds(first.postgres().applySlots(new SlotPlan(List.of("feed"), List.of(), List.of())));
        succeeds(create("feed"));
        succeeds(second.startAsStandby(first));
        awaitReplayed();
        assertThat(second.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'feed'"))
                .isEqualTo("0");
        succeeds(copy());
        assertThat(second.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'feed'"))
                .isEqualTo("1");
    }

    private Result create(String slot) {
        return first.postgres()
                .applyLogicalSlots(new LogicalSlotPlan(List.of(new LogicalSlotPlan.Creation(slot, KIND)), List.of()));
    }

    private Result copy() {
        return second.postgres()
                .copyLogicalSlots(
                        first.asUpstream(), Optional.of(first.asUpstream()), List.of("feed"), JobControl.UNATTENDED);
    }

    private static String changes(PostgresNode node) {
        return node.query(
                "SELECT count(*) FROM pg_logical_slot_get_changes('feed', NULL, NULL)" + " WHERE data LIKE '%INSERT%'");
    }

    private static Lsn position(PostgresNode node) {
        return Lsn.parse(node.query("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'feed'"))
                .orElseThrow();
    }

    private void awaitReplayed() {
        String here = first.query("SELECT pg_current_wal_lsn()");
        await().atMost(PATIENCE)
                .until(() -> second.query("SELECT pg_last_wal_replay_lsn() >= '" + here + "'")
                        .equals("t"));
    }
}
