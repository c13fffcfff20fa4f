package io.pgha.agent.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.watchdog.Watchdog.Plan;
import io.pgha.agent.watchdog.Watchdog.Use;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the device is told, and when (reliability.md, S7); a file or a FIFO plays it. */
class WatchdogTest {
    @TempDir
    Path folder;

    private final MovedClock clock = new MovedClock();
    private Path file = Path.of("");
    private Plan plan = new Plan(Use.OFF, "", "", Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** A clock that moves when it is told. */
    private static final class MovedClock implements Clock {
        private MonotonicTime now = new MonotonicTime(1_000_000_000_000L);

        @Override
        public MonotonicTime now() {
            return now;
        }

        @Override
        public Instant wall() {
            return Instant.EPOCH;
        }
    }

    @BeforeEach
    void device() throws IOException {
        file = Files.createFile(folder.resolve("watchdog"));
        plan = plan(Use.AUTOMATIC, 30, 5);
    }

    private Plan plan(Use use, long ttl, long margin) {
        return new Plan(
                use,
                file.toString(),
                "testing",
                Duration.ofSeconds(ttl),
                Duration.ofSeconds(margin),
                Duration.ofSeconds(10));
    }

    private Watchdog watchdog() {
        return new Watchdog(() -> plan, Map.of("testing", TestingDevice::open), clock);
    }

    /** The lock is renewed: proven from now for a whole ttl. */
    private void renewed(Watchdog watchdog) {
        watchdog.confirmed(clock.now().plus(plan.ttl()));
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(file);
    }

    @Test
    void itIsTouchedOnlyWhenALockIsProven() throws IOException {
        Watchdog watchdog = watchdog();
        assertThat(watchdog.missing()).isEmpty();
        assertThat(watchdog.status().armed()).isFalse();
        watchdog.disarm();
        assertThat(told()).isEmpty();
        renewed(watchdog);
        renewed(watchdog);
        assertThat(told()).containsExactly("timeout 25", "ping", "ping");
        assertThat(watchdog.status().armed()).isTrue();
        assertThat(watchdog.status().detail()).contains("25 s");
    }

    @Test
    void itIsDisarmedWithTheMagicLetterAndArmedAnew() throws IOException {
        Watchdog watchdog = watchdog();
        renewed(watchdog);
        watchdog.disarm();
        watchdog.disarm();
        assertThat(watchdog.status().armed()).isFalse();
        renewed(watchdog);
        assertThat(told()).containsExactly("timeout 25", "ping", "V", "timeout 25", "ping");
    }

    @Test
    void aChangedTtlChangesTheTimeoutBeforeTheNextWord() throws IOException {
        Watchdog watchdog = watchdog();
        renewed(watchdog);
        plan = plan(Use.AUTOMATIC, 60, 5);
        renewed(watchdog);
        plan = plan(Use.AUTOMATIC, 20, 5);
        renewed(watchdog);
        renewed(watchdog);
        assertThat(told()).containsExactly("timeout 25", "ping", "timeout 55", "ping", "timeout 15", "ping", "ping");
    }

    @Test
    void itIsNeverToldForLongerThanTheLockHolds() throws IOException {
        Watchdog watchdog = watchdog();
        renewed(watchdog);
        watchdog.confirmed(clock.now().plus(Duration.ofSeconds(24)));
        assertThat(told()).containsExactly("timeout 25", "ping");
        watchdog.confirmed(clock.now().plus(Duration.ofSeconds(25)));
        assertThat(told()).hasSize(3);
        watchdog.disarm();
        watchdog.confirmed(clock.now().plus(Duration.ofSeconds(24)));
        assertThat(watchdog.status().armed())
                .as("an old proof, at the end of a pause")
                .isFalse();
    }

    @Test
    void switchedOffItIsDisarmed() throws IOException {
        Watchdog watchdog = watchdog();
        renewed(watchdog);
        plan = plan(Use.OFF, 30, 5);
        renewed(watchdog);
        assertThat(told()).containsExactly("timeout 25", "ping", "V");
    }

    @Test
    void anotherDeviceReplacesTheFirst() throws IOException {
        Watchdog watchdog = watchdog();
        renewed(watchdog);
        Path second = Files.createFile(folder.resolve("second"));
        Path first = file;
        file = second;
        plan = plan(Use.AUTOMATIC, 30, 5);
        renewed(watchdog);
        assertThat(Files.readAllLines(first)).endsWith("V");
        assertThat(told()).containsExactly("timeout 25", "ping");
    }

    @Test
    void aRequiredDeviceThatIsMissingKeepsTheNodeFromLeading() throws IOException {
        Files.delete(file);
        plan = plan(Use.REQUIRED, 30, 5);
        Watchdog watchdog = watchdog();
        assertThat(watchdog.missing()).get().asString().contains("does not exist");
        renewed(watchdog);
        assertThat(watchdog.status().armed()).isFalse();
        Files.createFile(file);
        assertThat(watchdog.missing()).as("just failed").isNotEmpty();
        clock.now = clock.now.plus(Duration.ofSeconds(31));
        assertThat(watchdog.missing()).isEmpty();
        plan = plan(Use.AUTOMATIC, 30, 5);
        Files.delete(file);
        assertThat(watchdog.missing()).as("not required").isEmpty();
    }

    @Test
    void timesThatLeaveNoRoomMakeItUseless() throws IOException {
        plan = plan(Use.REQUIRED, 30, 18);
        Watchdog watchdog = watchdog();
        assertThat(watchdog.missing()).get().asString().contains("loop_wait 10 s");
        renewed(watchdog);
        assertThat(told()).isEmpty();
        plan = plan(Use.REQUIRED, 20, 5);
        assertThat(watchdog().missing()).isEmpty();
        plan = new Plan(Use.REQUIRED, file.toString(), "magic", plan.ttl(), plan.margin(), plan.loopWait());
        assertThat(watchdog().missing()).get().asString().contains("no driver magic");
    }

    /** A device with a will of its own. */
    private Watchdog odd(long seconds, List<String> told) {
        Device device = new Device() {
            @Override
            public Duration timeout(Duration wanted) {
                return Duration.ofSeconds(seconds);
            }

            @Override
            public void ping() {
                told.add("ping");
            }

            @Override
            public boolean disarm() {
                told.add("disarm");
                return true;
            }
        };
        return new Watchdog(() -> plan, Map.of("testing", path -> device), clock);
    }

    @Test
    void aTimeoutThatCannotBeSetIsRefusedOrSaidSo() {
        List<String> told = new ArrayList<>();
        plan = plan(Use.REQUIRED, 30, 5);
        Watchdog required = odd(60, told);
        renewed(required);
        assertThat(told).containsExactly("disarm");
        assertThat(required.missing()).get().asString().contains("fires after 60 s only");
        plan = plan(Use.AUTOMATIC, 30, 5);
        renewed(odd(60, told));
        assertThat(told).containsExactly("disarm", "ping");
        Watchdog hasty = odd(5, told);
        renewed(hasty);
        assertThat(told).containsExactly("disarm", "ping", "disarm");
        assertThat(hasty.status().detail()).contains("less than loop_wait");
    }

    @Test
    void aFifoPlaysTheDevice() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        file = fifo;
        plan = plan(Use.REQUIRED, 30, 5);
        Watchdog watchdog = watchdog();
        renewed(watchdog);
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(fifo, heard));
        reader.setDaemon(true);
        reader.start();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("timeout 25");
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("ping");
        renewed(watchdog);
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("ping");
        watchdog.disarm();
        assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo("V");
        reader.join(20_000);
        assertThat(reader.isAlive()).as("closed at our end").isFalse();
    }

    private static void read(Path fifo, BlockingQueue<String> heard) {
        try (BufferedReader lines = Files.newBufferedReader(fifo, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
            }
        } catch (IOException e) {
            heard.add(e.toString());
        }
    }

    @Test
    void whatIsNoDeviceIsRefusedByTheLinuxDriver() throws IOException {
        Watchdog watchdog = new Watchdog(() -> plan, Map.of("testing", LinuxDevice::open), clock);
        renewed(watchdog);
        assertThat(watchdog.status().armed()).isFalse();
        assertThat(watchdog.status().detail()).contains("is a file and no device");
        assertThat(told()).isEmpty();
        file = Path.of("/dev/null");
        plan = plan(Use.REQUIRED, 30, 5);
        renewed(watchdog);
        assertThat(watchdog.status().armed()).isFalse();
        assertThat(watchdog.missing()).get().asString().contains("cannot be set");
    }
}
