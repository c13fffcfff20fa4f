package io.pgha.agent.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private final List<Event> told = new ArrayList<>();
    private final EventLog log = new EventLog("pg0", told::add);

    private static Event event(String reason) {
        return Event.of(Instant.EPOCH, Actor.LOOP, "rule", reason, "Promote");
    }

    @Test
    void theLastThousandAreKept() {
        for (int i = 1; i <= 1500; i++) {
            assertThat(log.add(event("reason " + i))).isEqualTo(i);
        }
        assertThat(log.last(5000))
                .hasSize(1000)
                .first()
                .extracting(Event::number)
                .isEqualTo(501L);
        assertThat(log.last(2)).extracting(Event::reason).containsExactly("reason 1499", "reason 1500");
        assertThat(log.last(1).get(0).member()).isEqualTo("pg0");
    }

    @Test
    void whatRepeatsIsCounted() {
        log.add(event("same"));
        long revision = log.revision();
        log.add(event("same"));
        assertThat(log.add(event("same"))).isEqualTo(1);
        assertThat(log.last(10)).hasSize(1).first().extracting(Event::times).isEqualTo(3L);
        assertThat(log.revision()).isGreaterThan(revision);
        assertThat(log.add(event("other"))).isEqualTo(2);
    }

    @Test
    void anOlderEventMaySayMore() {
        log.add(event("one"));
        log.add(event("two"));
        log.add(event("three"));
        log.change(2, event -> event.endedWith("done"));
        log.change(77, event -> event.endedWith("there is none"));
        assertThat(log.last(10)).extracting(Event::reason).containsExactly("one", "two", "three");
        assertThat(log.last(10).get(1).outcome()).contains("done");
        assertThat(told).last().extracting(Event::number).isEqualTo(2L);
    }

    @Test
    void countingGoesOnWhereAnEarlierAgentEnded() {
        log.restore(List.of(event("old").keptAs("pg0", 40), event("older").keptAs("pg0", 41)));
        assertThat(told).isEmpty();
        assertThat(log.add(event("new"))).isEqualTo(42);
        assertThat(log.last(10)).hasSize(3);
    }
}
