package io.pgha.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What an event keeps, and what it looks like in JSON. */
class EventTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static Event event(String reason) {
        return Event.of(NOON, Actor.LOOP, "healthiest-takes-the-lock", reason, "AcquireLock");
    }

    @Test
    void everythingSurvivesTheWayThroughJson() {
        Event event = event("nobody leads")
                .keptAs("pg1", 7)
                .with(new Phase("observe", Duration.ofMillis(12)))
                .with(new Phase("acquire lock", Duration.ofMillis(1500)))
                .among(List.of(new Candidacy("pg1", true, "it is ahead"), new Candidacy("pg2", false, "silent")))
                .endedWith("done");
        assertThat(EventFields.read(EventFields.of(event))).contains(event);
        assertThat(event.took()).isEqualTo(Duration.ofMillis(1512));
    }

    @Test
    void theTimeWithoutALeaderIsNoPartOfTheWork() {
        Event event = event("nobody leads").with(new Phase(Phase.LEADERLESS, Duration.ofSeconds(20)));
        assertThat(event.took()).isZero();
    }

    @Test
    void theSameAgainIsCounted() {
        Event first = event("nobody leads").keptAs("pg1", 7);
        Event again = event("nobody leads");
        assertThat(again.repeats(first)).isTrue();
        assertThat(again.after(first).number()).isEqualTo(7);
        assertThat(again.after(first).times()).isEqualTo(2);
        assertThat(event("another reason").repeats(first)).isFalse();
        Actor ann = new Actor(Actor.Kind.REST, "ann", "10.0.0.1");
        Event order = Event.of(NOON, ann, "operator-command", "asked", "POST /reload");
        assertThat(order.repeats(order)).as("two orders are two events").isFalse();
    }

    @Test
    void waitingIsOneEventHoweverTheNumbersInItsReasonChange() {
        Event first = Event.of(NOON, Actor.LOOP, "race-lost", "16 bytes behind", "Wait");
        assertThat(Event.of(NOON, Actor.LOOP, "race-lost", "32 bytes behind", "Wait")
                        .repeats(first))
                .isTrue();
    }

    @Property(tries = 200)
    void noTextFromOutsideMakesItLarge(@ForAll String text) {
        String endless = text.repeat(2000 / Math.max(1, text.length()) + 1);
        List<Candidacy> many = IntStream.range(0, 1000)
                .mapToObj(i -> new Candidacy(endless, false, endless))
                .toList();
        Event event = event(endless).among(many).endedWith(endless);
        assertThat(event.reason().length()).isLessThanOrEqualTo(600);
        assertThat(event.candidates()).hasSize(30).allMatch(one -> one.reason().length() <= 240);
        assertThat(EventFields.read(EventFields.of(event))).contains(event);
    }

    @Test
    void fieldsThatMakeNoSenseAreLeftOut() {
        assertThat(EventFields.read("text")).isEmpty();
        assertThat(EventFields.read(Map.of("number", 1))).isEmpty();
        assertThat(EventFields.read(Map.of("number", "1", "at", NOON.toString())))
                .isEmpty();
        Map<String, Object> odd = new LinkedHashMap<>();
        odd.put("number", 1e300);
        odd.put("at", NOON.toString());
        odd.put("actor", List.of());
        odd.put("rule", 7);
        odd.put("seconds", Map.of("act", "long", "other", Double.NaN));
        odd.put("candidates", List.of("pg1", Map.of("fit", "yes")));
        odd.put("times", -3);
        odd.put("outcome", null);
        assertThat(EventFields.read(odd)).isPresent().get().satisfies(event -> {
            assertThat(event.rule()).isEmpty();
            assertThat(event.phases()).isEmpty();
            assertThat(event.times()).isEqualTo(1);
            assertThat(event.candidates()).containsExactly(new Candidacy("", false, ""));
        });
    }
}
