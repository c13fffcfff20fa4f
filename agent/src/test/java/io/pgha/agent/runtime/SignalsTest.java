package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void aSignalRunsTheActionAndNotTheJvmsOwnAnswer() throws IOException, InterruptedException {
        Map<String, Integer> numbers = Map.of("HUP", 1, "USR1", 10, "TERM", 15, "INT", 2);
        for (String name : numbers.keySet()) {
            if (wasIgnoredAtTheStart(numbers.getOrDefault(name, 0))) {
                continue;
            }
            CountDownLatch ran = new CountDownLatch(1);
            Signals.handle(name, ran::countDown);
            new ProcessBuilder(
                            "kill",
                            "-" + name,
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            assertThat(ran.await(10, TimeUnit.SECONDS)).as(name).isTrue();
        }
    }

    /**
     * A JVM leaves HUP and INT alone that were ignored when it started: as under nohup, or in the background of a script. Bit
     * number − 1 of SigIgn stands for a signal.
     */
    private static boolean wasIgnoredAtTheStart(int number) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> ((Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (number - 1)) & 1) == 1);
    }
}
