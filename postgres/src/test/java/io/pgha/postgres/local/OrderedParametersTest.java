package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.StopMode;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parameters that must not be smaller on a standby than on its primary (facts §2.5, §6.2). */
@Tag("real")
class OrderedParametersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NAME = "max_connections";

    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode primary = sandbox.node("pg1");
    private final PostgresNode standby = sandbox.node("pg2");

    @BeforeEach
    void start() {
        primary.bootstrapped();
        SlotPlan slots = new SlotPlan(List.of(), List.of("pg2"), List.of());
        await().atMost(PATIENCE)
                .until(() -> primary.postgres().applySlots(slots).succeeded());
        standby.clonedFrom(primary);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** Restarted too early it keeps the old value, says so, and takes the new one once the primary has it. */
    @Test
    void aLoweredParameterWaitsForThePrimary() {
        want("26");
        restartStandby();
        assertThat(standby.query("SHOW max_connections")).isEqualTo("30");
        awaitReason(standby, Optional.of(new PendingRestartReason("30", "26")));
        restartPrimary();
        awaitReason(primary, Optional.empty());
        String position = primary.query("SELECT pg_current_wal_lsn()");
        await().atMost(PATIENCE)
                .until(() -> standby.query("SELECT pg_last_wal_replay_lsn() >= '" + position + "'")
                        .equals("t"));
        awaitReason(standby, Optional.of(new PendingRestartReason("30", "26")));
        restartStandby();
        assertThat(standby.query("SHOW max_connections")).isEqualTo("26");
        awaitReason(standby, Optional.empty());
    }

    /** The primary was restarted first: the standby stops replaying, and a restart brings it on with the primary's value. */
    @Test
    void aParameterRaisedOnThePrimaryFirstIsFollowed() {
        primary.with(settings -> settings.parameter(NAME, "40"));
        restartPrimary();
        primary.sql("CREATE TABLE after_the_change (i int)");
        await().atMost(PATIENCE).until(() -> !standby.postgres().follows(Optional.of(primary.asUpstream())));
        // In pause it is left as it is.
        assertThat(standby.postgres().followsUnlessRestarted(Optional.of(primary.asUpstream())))
                .isTrue();
        succeeds(standby.postgres().follow(Optional.of(primary.asUpstream()), JobControl.UNATTENDED));
        await().atMost(PATIENCE)
                .until(() -> standby.query("SELECT count(*) FROM pg_class WHERE relname = 'after_the_change'")
                        .equals("1"));
        assertThat(standby.query("SHOW max_connections")).isEqualTo("40");
        assertThat(standby.postgres().follows(Optional.of(primary.asUpstream())))
                .isTrue();
        awaitReason(standby, Optional.of(new PendingRestartReason("40", "30")));
    }

    private void want(String value) {
        primary.with(settings -> settings.parameter(NAME, value));
        standby.with(settings -> settings.parameter(NAME, value));
    }

    private void restartPrimary() {
        succeeds(primary.stop(StopMode.FAST));
        succeeds(primary.startAsPrimary());
    }

    private void restartStandby() {
        succeeds(standby.stop(StopMode.FAST));
        succeeds(standby.startAsStandby(primary));
    }

    private void awaitReason(PostgresNode node, Optional<PendingRestartReason> reason) {
        ConfigRole role = node == primary ? ConfigRole.PRIMARY : ConfigRole.REPLICA;
        await().atMost(PATIENCE).untilAsserted(() -> {
            node.postgres().configure(node.settings(), role);
            assertThat(Optional.ofNullable(
                            node.observe().pendingRestartReasons().get(NAME)))
                    .isEqualTo(reason);
        });
    }
}
