package io.pgha.it.bench;

import io.pgha.it.cluster.Daemon;
import io.pgha.it.cluster.Machine;
import io.pgha.it.cluster.Software;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures, prints the table, writes docs/benchmarks.md. Options: see ./bench --help. */
public final class Bench {
    private static final List<String> PARTS =
            List.of("bootstrap", "postgres-killed", "node-lost", "switchover", "agent-away", "rest", "idle");

    private int runs = 3;
    private Duration idle = Duration.ofMinutes(10);
    private List<Software> software = List.of(Software.values());
    private List<String> parts = PARTS;

    private Bench() {}

    /** Options first, then the parts to measure; all without any. */
    public static void main(String[] arguments) throws IOException {
        Bench bench = new Bench();
        bench.read(arguments);
        bench.run();
    }

    private void read(String[] arguments) {
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--runs=")) {
                runs = Integer.parseInt(value);
            } else if (argument.startsWith("--minutes=")) {
                idle = Duration.ofMillis(Math.round(Double.parseDouble(value) * 60_000));
            } else if (argument.startsWith("--only=")) {
                software = List.of(Software.valueOf(value.toUpperCase(Locale.ROOT)));
            } else if (!PARTS.contains(argument)) {
                throw new IllegalArgumentException(argument + " is none of " + PARTS);
            }
        }
        List<String> named = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
        if (!named.isEmpty()) {
            parts = named;
        }
    }

    private void run() throws IOException {
        Results results = new Results(Machine.sources().resolve(".bench/results.properties"));
        Failovers failovers = new Failovers(results, runs);
        for (String part : parts) {
            switch (part) {
                case "bootstrap" -> each(part, failovers::bootstrap);
                case "postgres-killed" -> each(part, failovers::postgresKilled);
                case "node-lost" -> each(part, failovers::nodeLost);
                case "switchover" -> each(part, failovers::switchover);
                case "agent-away" -> each(part, failovers::agentAway);
                case "rest" -> each(part, new RestLoad(results)::measure);
                default -> {
                    System.out.println(part);
                    new Idle(results, idle).measure(software);
                }
            }
        }
        System.out.println("\n" + results.table());
        Path page = Machine.sources().resolve("docs/benchmarks.md");
        Files.writeString(page, page(results));
        System.out.println("written to " + page);
    }

    private void each(String part, Consumer<Software> measurement) {
        System.out.println(part);
        software.forEach(measurement);
    }

    private String page(Results results) {
        return """
                # Benchmarks

                `./bench` measures pgha and Patroni from Debian's packages in one run: the same machine, the same YAML, one etcd, three \
                nodes on loopback, a writer of 50 rows a second that connects to whoever is primary. The times without writes are the median of %d \
                runs; the idle clusters stand side by side for %d minutes. `./bench PART` measures one part again: %s.

                %s
                The ratio says how many times better pgha is. "–" was not measured: Patroni has no ttl below 20. An agent's memory is the \
                largest VmRSS of the three, its dead-man included; its processor time the average of the three, after a minute of \
                warming up. The crowd of idle and half-sent connections is as many of the 2,000 as connect within 30 s; Patroni 3.0 \
                starts a thread for each of them, Patroni 4.1 has five threads and stops answering.

                | | |
                |---|---|
                | measured | %s |
                | machine | %d processors, %s |
                | Patroni | %s |
                | PostgreSQL | %s |
                | etcd | %s |
                | Java of the agents | the newest on the machine: %s |
                """.formatted(
                runs,
                idle.toMinutes(),
                String.join(", ", PARTS),
                results.table(),
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                firstLine(List.of("uname", "-sr")),
                firstLine(List.of("patroni", "--version")),
                firstLine(List.of(
                        Machine.postgresBin().orElseThrow().resolve("postgres").toString(), "--version")),
                firstLine(List.of("etcd", "--version")),
                firstLine(
                        List.of(
                                "sh",
                                "-c",
                                "pgha_home=dist/target/pgha; . dist/target/pgha/libexec/java.sh; find_java; \"$java\" --version")));
    }

    private static String firstLine(List<String> command) {
        return Daemon.run(command).lines().findFirst().orElse("unknown");
    }
}
