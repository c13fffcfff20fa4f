package io.pgha.postgres.local;

import static io.pgha.postgres.testkit.PostgresNode.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** ADR 0008, on real servers. */
@Tag("real")
class SkippedTimelinesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Sandbox sandbox = Sandbox.open();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aPromotionTakesANumberAboveTheSkippedOnesAndStandbysFollowIt() {
        PostgresNode old = sandbox.node("pg1").bootstrapped();
        makeSlots(old, "pg2", "pg3");
        PostgresNode next = sandbox.node("pg2").clonedFrom(old);
        PostgresNode other = sandbox.node("pg3").clonedFrom(old);
        await().atMost(PATIENCE)
                .until(() -> old.observe().server().orElseThrow().walSenders().size() == 2);
        succeeds(old.stop(StopMode.FAST));

        succeeds(next.postgres().skipTimelines(new Timeline(3)));
        succeeds(next.postgres().skipTimelines(new Timeline(3)));
        succeeds(next.promote());
        assertThat(timeline(next)).isEqualTo(new Timeline(4));

        makeSlots(next, "pg3");
        succeeds(other.postgres().follow(Optional.of(next.asUpstream()), JobControl.UNATTENDED));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(timeline(other)).isEqualTo(new Timeline(4)));

        succeeds(next.stop(StopMode.IMMEDIATE));
        succeeds(next.startAsPrimary());
        assertThat(timeline(next)).isEqualTo(new Timeline(4));
    }

    private static void makeSlots(PostgresNode node, String... names) {
        succeeds(node.postgres().applySlots(new SlotPlan(List.of(), List.of(names), List.of())));
    }

    private static Timeline timeline(PostgresNode node) {
        return node.observe().server().orElseThrow().timeline();
    }
}
