package io.pgha.agent.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.event.Actor;
import io.pgha.core.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("events.jsonl");
    }

    private static Event event(long number, String reason) {
        return Event.of(Instant.EPOCH, Actor.LOOP, "rule", reason, "Promote").keptAs("pg0", number);
    }

    private void written(long largest, Event... events) {
        try (EventFile open = new EventFile(file(), largest)) {
            for (Event event : events) {
                open.write(event);
            }
        }
    }

    private List<Event> read(long largest) {
        try (EventFile open = new EventFile(file(), largest)) {
            return List.copyOf(open.read());
        }
    }

    @Test
    void whatWasWrittenIsReadByTheNextAgent() throws IOException {
        Event first = event(1, "a\nline, \u001b[31m and \"quotes\"");
        written(100_000, first, event(2, "two"), first.endedWith("done"));
        assertThat(read(100_000)).containsExactly(first.endedWith("done"), event(2, "two"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file())).as("one line for each").hasSize(3);
    }

    @Test
    void aFullFileBecomesTheOlderOne() throws IOException {
        for (int i = 1; i <= 40; i++) {
            written(2000, event(i, "x".repeat(100)));
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(2000);
        assertThat(Files.size(folder.resolve("events.jsonl.1"))).isLessThanOrEqualTo(2000);
        assertThat(read(2000)).last().extracting(Event::number).isEqualTo(40L);
        try (var all = Files.list(folder)) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void linesThatMakeNoSenseAreLeftOut() throws IOException {
        written(100_000, event(1, "one"));
        Files.writeString(file(), "[]\nnull\n{\"number\":", StandardOpenOption.APPEND);
        assertThat(read(100_000)).containsExactly(event(1, "one"));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "data");
        Files.createSymbolicLink(file(), precious);
        written(100_000, event(1, "one"));
        assertThat(precious).hasContent("data");
        assertThat(read(100_000)).isEmpty();
    }

    @Test
    void ofARepetitionNotEveryOneIsWritten() throws IOException {
        Event event = event(1, "again");
        try (EventFile open = new EventFile(file(), 100_000)) {
            for (int i = 0; i < 100; i++) {
                open.write(event);
                event = event("again", event);
            }
        }
        assertThat(Files.readAllLines(file())).hasSize(7);
    }

    private static Event event(String reason, Event earlier) {
        return event(1, reason).after(earlier);
    }

    @Test
    void aFolderThatIsGoneHurtsNobody() {
        try (EventFile open = new EventFile(folder.resolve("none/events"), 100_000)) {
            open.write(event(1, "one"));
            assertThat(open.read()).isEmpty();
        }
    }
}
