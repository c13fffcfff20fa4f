package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    @Test
    void aSignalRunsTheActionAndNotTheJvmsOwnAnswer() throws IOException, InterruptedException {
        for (String name : List.of("HUP", "USR1", "TERM", "INT")) {
            if (name.equals("HUP") && startedWithNohup()) {
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

    /** A JVM leaves SIGHUP alone that was ignored when it started, as under nohup. Bit 0 of SigIgn stands for it. */
    private static boolean startedWithNohup() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
    }
}
