package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.port.Events;
import io.pgha.core.event.Candidacy;
import io.pgha.core.event.Event;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.fault.FaultFamily;
import io.pgha.sim.fault.FaultPlan;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The product's loop writes its story: a bootstrap, and elections with everybody who was considered. */
@Tag("long")
class EventHistoryTest {
    private final List<Events> logs = new ArrayList<>();

    private List<Event> run(FaultPlan plan) {
        AgentMaker noting = (surroundings, journal) -> {
            logs.add(surroundings.events());
            return RealAgent.standard(surroundings, journal);
        };
        try (Carriers carriers = Carriers.open()) {
            RunResult result = new Simulation(carriers, noting, line -> {})
                    .run(new Scenario(7, Shape.plain(3, Timing.seconds(20, 5, 5)), plan, Duration.ofMinutes(10)));
            assertThat(result.report()).startsWith("passed");
        }
        return logs.stream().flatMap(log -> log.last(1000).stream()).toList();
    }

    @Test
    void aQuietClusterHasAShortStory() {
        List<Event> all =
                run(new FaultPlan(List.of(FaultFamily.WALL_CLOCK), Duration.ofMinutes(10), Duration.ofHours(1), 1));
        assertThat(all).hasSizeLessThan(30);
        assertThat(all)
                .filteredOn(event -> event.action().equals("Bootstrap"))
                .hasSize(1)
                .allSatisfy(event -> {
                    assertThat(event.outcome()).isPresent().get().asString().startsWith("done");
                    assertThat(event.phases()).extracting("name").contains("begin", "bootstrap");
                });
        assertThat(all)
                .noneMatch(event -> List.of("Wait", "RenewLock", "AskPeers").contains(event.action()));
    }

    @Test
    void anElectionNamesEverybody() {
        List<Event> all = run(FaultPlan.only(FaultFamily.NODE_LOSS));
        List<Event> won = all.stream()
                .filter(event -> event.action().equals("AcquireLock")
                        && !event.candidates().isEmpty())
                .toList();
        assertThat(won).isNotEmpty().allSatisfy(event -> {
            assertThat(event.candidates().get(0).member()).isEqualTo(event.member());
            assertThat(event.candidates()).filteredOn(Candidacy::fit).isNotEmpty();
            assertThat(event.phases()).extracting("name").contains("ask peers", "acquire lock");
        });
        assertThat(all)
                .filteredOn(event -> event.action().equals("Promote"))
                .isNotEmpty()
                .anySatisfy(event -> assertThat(event.took()).isPositive());
    }
}
