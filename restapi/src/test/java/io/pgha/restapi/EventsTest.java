package io.pgha.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /events}. */
class EventsTest {
    private final Server server = Server.start();

    @BeforeEach
    void threeHundredEvents() {
        for (int i = 1; i <= 300; i++) {
            server.events.add(Event.of(
                            Instant.parse("2026-11-21T12:00:00Z").plusSeconds(i),
                            Actor.LOOP,
                            "rule",
                            "\u001b[2J \" hostile \n",
                            "Promote")
                    .keptAs("pg0", i));
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'',100,201,300",
        "?limit=3,3,298,300",
        "?limit=100000,300,1,300",
        "?limit=0,0,0,0",
        "?since=295,5,296,300",
        "?since=295&limit=2,2,299,300",
        "?since=999999999999,0,0,0",
        "?since=2026-11-21T12:04:59Z,2,299,300",
        "?since=2026-11-21T14:04:59%2B02:00,2,299,300",
        "?since=2026-11-21T14:04:59+02:00,2,299,300",
        "/whatever?limit=1,1,300,300",
    })
    void theNewestAreShownOldestFirst(String rest, int count, int first, int last) throws IOException {
        String answer = server.ask("GET", "/events" + rest);
        assertThat(answer).startsWith("HTTP/1.1 200").contains("Content-Type: application/json");
        JsonNode body = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(body.get("member").asText()).isEqualTo("pg0");
        JsonNode events = body.get("events");
        assertThat(events.size()).isEqualTo(count);
        if (count > 0) {
            assertThat(events.get(0).get("number").asInt()).isEqualTo(first);
            assertThat(events.get(count - 1).get("number").asInt()).isEqualTo(last);
            assertThat(answer).doesNotContain("\u001b");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=-1",
                "limit=many",
                "since=yesterday",
                "since=2026-11-21T12:00:00",
                "limit=1e3",
                "since=%00"
            })
    void aParameterThatMakesNoSenseIsRefused(String query) {
        assertThat(Server.status(server.ask("GET", "/events?" + query))).isEqualTo(400);
    }

    @Test
    void anotherMethodIsNoReading() {
        assertThat(Server.status(server.exchange("POST /events HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}")))
                .isEqualTo(501);
    }
}
