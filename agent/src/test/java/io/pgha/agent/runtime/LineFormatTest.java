package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineFormatTest {
    private static final LogTime TIME = LogTime.of(Optional.empty(), ZoneOffset.UTC);
    private final Logger logger = new LoggerContext().getLogger("io.pgha.agent.loop.HaLoop");

    @Test
    void aLineLooksLikePatronis() {
        assertThat(line(LineFormat.DEFAULT, Level.INFO, "no action. I am (pg0), the leader with the lock"))
                .isEqualTo("2026-01-02 03:04:05,678 INFO: no action. I am (pg0), the leader with the lock\n");
        assertThat(line(LineFormat.DEFAULT, Level.WARN, "x")).contains(" WARNING: x");
    }

    @Test
    void theOperatorsFormatCounts() {
        assertThat(line("%(levelname)-8s|%(name)s|%(module)s|%%|%(message)s|%(bogus)s", Level.ERROR, "x"))
                .isEqualTo("ERROR   |io.pgha.agent.loop.HaLoop|HaLoop|%|x|\n");
    }

    @Test
    void nobodyForgesALineOrSteersTheTerminal() {
        assertThat(line("%(message)s", Level.INFO, "a\n2026 INFO: b\r\u001b[2J\u202e"))
                .isEqualTo("a\n\t2026 INFO: b\\u000d\\u001b[2J\\u202e\n");
    }

    @Test
    void aStackTraceIsWrittenFromTheConfiguredLevelOn() {
        LoggingEvent event = event(Level.WARN, "bad");
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new IllegalStateException("planted")));
        assertThat(new LineFormat("%(message)s", TIME, Level.ERROR).doLayout(event))
                .isEqualTo("bad: java.lang.IllegalStateException: planted\n");
        assertThat(new LineFormat("%(message)s", TIME, Level.DEBUG).doLayout(event))
                .contains("LineFormatTest");
    }

    @Test
    void timesFollowStrftime() {
        LogTime time = LogTime.of(Optional.of("%d/%m/%y %H:%M:%S.%f %z %% %Q"), ZoneOffset.UTC);
        assertThat(time.text(Instant.parse("2026-01-02T03:04:05.678Z").toEpochMilli()))
                .isEqualTo("02/01/26 03:04:05.678000 +0000 % %Q");
    }

    @Test
    void jsonHasTheFieldsThatWereAskedFor() throws IOException {
        JsonFormat format =
                new JsonFormat(List.of("levelname=level", "message"), Map.of("app", "pg\"ha"), TIME, Level.ERROR);
        JsonNode json = new ObjectMapper().readTree(format.doLayout(event(Level.WARN, "a \"b\"\n")));
        assertThat(json.path("level").asText()).isEqualTo("WARNING");
        assertThat(json.path("message").asText()).isEqualTo("a \"b\"\n");
        assertThat(json.path("app").asText()).isEqualTo("pg\"ha");
        assertThat(json.size()).isEqualTo(3);
    }

    private String line(String format, Level level, String message) {
        return new LineFormat(format, TIME, Level.ERROR).doLayout(event(level, message));
    }

    private LoggingEvent event(Level level, String message) {
        LoggingEvent event = new LoggingEvent("x", logger, level, message, null, null);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        return event;
    }
}
