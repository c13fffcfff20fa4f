package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.memory.Step;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.world.Network;
import io.pgha.sim.world.SimNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an operator sets for a failover, at its edges (facts §2.2, §5.10, §5.13): a cluster of three with ttl 20 and loop_wait 5, to
 * which nothing else happens.
 */
@Tag("long")
class FailoverEdgesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(3);
    /** A cycle, a race and a promotion. */
    private static final int FAILOVER_SECONDS = 15;

    private SmallWorld small;
    private String leader;

    @BeforeEach
    void begin() {
        small = new SmallWorld(RealAgent::standard);
        leader = small.leader();
    }

    @AfterEach
    void end() {
        small.close();
    }

    private void set(String key, Object value) {
        Map<String, Object> config = small.world().config().orElseThrow();
        config.put(key, value);
        small.world().configure(config);
        small.passes(Duration.ofSeconds(10));
    }

    private SimNode node(String name) {
        return small.world().node(name);
    }

    private List<String> others() {
        return small.world().names().stream()
                .filter(name -> !name.equals(leader))
                .toList();
    }

    /** Its postmaster is killed, and takes so long to replay its WAL and as long to start. */
    private void crash(Duration recovery) {
        node(leader).luck().recovery(Optional.of(recovery));
        node(leader).luck().start(Optional.of(recovery));
        node(leader).server().quit();
    }

    private Optional<String> whoTakesWrites() {
        return small.world().names().stream()
                .filter(name -> node(name).server().acceptsWrites())
                .findFirst();
    }

    /** After how many seconds that member or another one takes writes. */
    private int secondsUntilSomebodyTakesWrites() {
        for (int seconds = 0; seconds < LONG_ENOUGH.toSeconds(); seconds++) {
            if (whoTakesWrites().isPresent()) {
                return seconds;
            }
            small.passes(SECOND);
        }
        throw new AssertionError("nobody takes writes after " + LONG_ENOUGH);
    }

    @Test
    void aPrimaryThatGetsUpWithinPrimaryStartTimeoutGoesOn() {
        set("primary_start_timeout", 30);
        crash(Duration.ofSeconds(12));
        assertThat(secondsUntilSomebodyTakesWrites()).isBetween(12, 30);
        assertThat(whoTakesWrites()).contains(leader);
    }

    @Test
    void aPrimaryThatTakesLongerIsSucceeded() {
        set("primary_start_timeout", 10);
        crash(Duration.ofMinutes(2));
        assertThat(secondsUntilSomebodyTakesWrites()).isBetween(9, 10 + FAILOVER_SECONDS);
        assertThat(whoTakesWrites()).isPresent().isNotEqualTo(Optional.of(leader));
        node(leader).luck().recovery(Optional.empty());
        node(leader).luck().start(Optional.empty());
        small.passes(LONG_ENOUGH);
        assertThat(node(leader).server().isStreaming())
                .as("the former primary follows")
                .isTrue();
    }

    @Test
    void withZeroAnotherLeadsAtOnce() {
        set("primary_start_timeout", 0);
        crash(Duration.ofMinutes(2));
        assertThat(secondsUntilSomebodyTakesWrites()).isLessThanOrEqualTo(FAILOVER_SECONDS);
        assertThat(whoTakesWrites()).isNotEqualTo(Optional.of(leader));
    }

    /** The lock is not given up where nobody could take it: a slow primary is better than none. */
    @Test
    void withZeroItStartsAgainWhereNobodyElseCan() {
        set("primary_start_timeout", 0);
        others().forEach(name -> node(name).lose());
        small.passes(Duration.ofSeconds(5));
        crash(Duration.ofSeconds(20));
        assertThat(secondsUntilSomebodyTakesWrites()).isBetween(20, 60);
        assertThat(whoTakesWrites()).contains(leader);
    }

    @Test
    void whomPrePromoteRefusesDoesNotLead() {
        String refused = others().get(0);
        node(refused).luck().forbid(Step.PRE_PROMOTE, "not this one");
        node(leader).lose();
        secondsUntilSomebodyTakesWrites();
        assertThat(whoTakesWrites()).contains(others().get(1));
    }

    @Test
    void nobodyLeadsWhilePrePromoteRefusesEverybody() {
        others().forEach(name -> node(name).luck().forbid(Step.PRE_PROMOTE, "not now"));
        node(leader).lose();
        small.passes(LONG_ENOUGH);
        assertThat(whoTakesWrites()).isEmpty();
        others().forEach(name -> node(name).luck().allow(Step.PRE_PROMOTE));
        secondsUntilSomebodyTakesWrites();
        assertThat(whoTakesWrites()).isPresent();
    }

    /** Both standbys miss what is written after their connection is cut, and the leader publishes how far it is. */
    private void standbysFallBehind(long bytes) {
        others().forEach(name -> {
            small.world().network().close(name, leader, Network.Port.POSTGRES);
            small.world().network().close(leader, name, Network.Port.POSTGRES);
        });
        small.passes(Duration.ofSeconds(2));
        assertThat(node(leader).server().write(bytes, end -> {})).isTrue();
        small.passes(Duration.ofSeconds(12));
        node(leader).lose();
    }

    @Test
    void whoLagsByMoreThanMaximumLagOnFailoverDoesNotLead() {
        set("maximum_lag_on_failover", 10_000);
        standbysFallBehind(50_000);
        small.passes(LONG_ENOUGH);
        assertThat(whoTakesWrites()).isEmpty();
        set("maximum_lag_on_failover", 100_000);
        secondsUntilSomebodyTakesWrites();
        assertThat(whoTakesWrites()).isPresent();
    }

    @Test
    void whoLagsByLessLeads() {
        set("maximum_lag_on_failover", 60_000);
        standbysFallBehind(50_000);
        assertThat(secondsUntilSomebodyTakesWrites()).isLessThanOrEqualTo(20 + FAILOVER_SECONDS);
    }
}
