package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A {@code pg_recvlogical} that reads from whoever is primary, connects again by itself, and writes down what it got. */
final class LogicalConsumer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern ROW =
            Pattern.compile("^table public\\.t: INSERT: id\\[integer\\]:(\\d+)$", Pattern.MULTILINE);

    private final Daemon process;
    private final Path changes;

    private LogicalConsumer(Daemon process, Path changes) {
        this.process = process;
        this.changes = changes;
    }

    /** Starts one that says every second what it has. */
    static LogicalConsumer start(Cluster cluster, String slot) {
        List<Node> nodes = cluster.nodes();
        String ports = nodes.stream()
                .map(node -> Integer.toString(node.config().sqlPort()))
                .collect(Collectors.joining(","));
        String hosts = nodes.stream().map(node -> "127.0.0.1").collect(Collectors.joining(","));
        Path changes = nodes.get(0).config().folder().resolve("changes");
        List<String> command = List.of(
                Machine.postgresBin().orElseThrow().resolve("pg_recvlogical").toString(),
                "--dbname",
                "host=" + hosts + " port=" + ports + " user=postgres password=" + NodeConfig.PASSWORD
                        + " dbname=postgres connect_timeout=2 target_session_attrs=read-write",
                "--slot",
                slot,
                "--start",
                "--file",
                changes.toString(),
                "--fsync-interval",
                "1",
                "--status-interval",
                "1");
        return new LogicalConsumer(
                Daemon.start(
                        "consumer",
                        command,
                        java.util.Map.of(),
                        nodes.get(0).config().folder(),
                        cluster.logs().resolve("consumer.log")),
                changes);
    }

    /** The rows of the table {@code t} as they came, again where they came again. */
    List<Integer> rows() {
        if (!Files.exists(changes)) {
            return List.of();
        }
        try {
            Matcher matcher = ROW.matcher(Files.readString(changes, StandardCharsets.UTF_8));
            List<Integer> rows = new ArrayList<>();
            while (matcher.find()) {
                rows.add(Integer.parseInt(matcher.group(1)));
            }
            return rows;
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + changes + ": " + e.getMessage(), e);
        }
    }

    /** Waits until that row has come. */
    void awaitRow(int row, Duration limit) {
        Await.until(
                () -> "row " + row + " reaches the consumer; it has " + rows().size() + " rows and says:\n"
                        + process.output(),
                limit,
                () -> rows().contains(row));
    }

    @Override
    public void close() {
        process.stop(LIMIT);
    }
}
