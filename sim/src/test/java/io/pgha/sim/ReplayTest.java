package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.sim.agent.RealAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A seed that failed in CI is run again elsewhere, and has to fail there, too. Within one process that shows little: the
 * immutable collections of Java have another order in each process. The other one is not given continuations, so that it runs
 * on threads, where a lock held over a port call is found.
 */
@Tag("long")
class ReplayTest {
    private static final int FIRST = 56;
    private static final int SEEDS = 6;
    private static final long LONGEST_SECONDS = 240;

    @Test
    void theSameSeedsGiveTheSameTraceInAnotherProcess() throws IOException, InterruptedException {
        Tally here = new Campaign(1, RealAgent::standard)
                .run(FIRST, SEEDS, seed -> Scenario.of(seed, Duration.ofMinutes(10)), result -> {});
        assertThat(elsewhere()).contains(String.format("hash over all traces %016x", here.hash()));
    }

    private static String elsewhere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=logback-simulate.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Simulate.class.getName(),
                        "--seed",
                        String.valueOf(FIRST),
                        "--seeds",
                        String.valueOf(SEEDS),
                        "--threads",
                        "1"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
