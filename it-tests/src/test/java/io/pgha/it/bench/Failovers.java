package io.pgha.it.bench;

import io.pgha.it.cluster.Await;
import io.pgha.it.cluster.Cluster;
import io.pgha.it.cluster.Node;
import io.pgha.it.cluster.Software;
import io.pgha.it.cluster.Timing;
import io.pgha.it.cluster.Witness;
import io.pgha.it.cluster.Writer;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/** How long clients cannot write, and what they lose, under a writer of 50 rows a second. */
final class Failovers {
    private static final Duration WRITE_PERIOD = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Timing DEFAULT = new Timing(30, 10, 10);
    private static final Timing QUICK_20 = new Timing(20, 1, 3);

    private final Results results;
    private final int runs;

    /** @param runs how often each figure is taken; the median counts */
    Failovers(Results results, int runs) {
        this.results = results;
        this.runs = runs;
    }

    void bootstrap(Software software) {
        results.put(Row.BOOTSTRAP, software, median(() -> {
            try (Cluster cluster = Cluster.prepare("bench-bootstrap-" + software, software, DEFAULT, 3)) {
                long start = System.nanoTime();
                cluster.nodes().forEach(Node::start);
                cluster.awaitHealthy();
                return seconds(Duration.ofNanos(System.nanoTime() - start));
            }
        }));
    }

    void postgresKilled(Software software) {
        try (Cluster cluster = Cluster.start("bench-postgres-killed-" + software, software, QUICK_20, 3)) {
            results.put(Row.POSTGRES_KILLED, software, median(() -> {
                Node primary = cluster.awaitHealthy();
                return outage(cluster, primary::killPostgres);
            }));
        }
    }

    void nodeLost(Software software) {
        results.put(Row.NODE_LOST_20, software, nodeLost(software, QUICK_20));
        if (software == Software.PGHA) {
            results.put(Row.NODE_LOST_5, software, nodeLost(software, Timing.FAST));
        }
    }

    private double nodeLost(Software software, Timing timing) {
        try (Cluster cluster = Cluster.start("bench-node-lost-" + software, software, timing, 3)) {
            return median(() -> {
                Node primary = cluster.awaitHealthy();
                return outage(cluster, primary::lose);
            });
        }
    }

    void switchover(Software software) {
        try (Cluster cluster = Cluster.start("bench-switchover-" + software, software, DEFAULT, 3)) {
            results.put(Row.SWITCHOVER, software, median(() -> switchover(cluster, cluster.primaryUrl())));
            String behindHaProxy = cluster.haproxy().primaryUrl();
            results.put(Row.SWITCHOVER_HAPROXY, software, median(() -> switchover(cluster, behindHaProxy)));
        }
    }

    private static double switchover(Cluster cluster, String url) {
        Node old = cluster.awaitHealthy();
        Node heir =
                cluster.nodes().stream().filter(node -> node != old).findFirst().orElseThrow();
        try (Writer writer = Writer.start(url, WRITE_PERIOD)) {
            long moment = System.nanoTime();
            String said = cluster.ctl(
                    "switchover", cluster.scope(), "--leader", old.name(), "--candidate", heir.name(), "--force");
            Await.until(() -> heir.name() + " is primary; it was said: " + said, LIMIT, heir::isPrimary);
            writer.awaitWrite(LIMIT);
            return seconds(writer.longestOutageSince(moment));
        }
    }

    private static double outage(Cluster cluster, Runnable fault) {
        try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD)) {
            long moment = System.nanoTime();
            fault.run();
            // A commit may have been under way: the first one that was sent after the fault was complete.
            writer.awaitWriteSince(System.nanoTime(), LIMIT);
            return seconds(writer.longestOutageSince(moment));
        }
    }

    void agentAway(Software software) {
        agentAway(software, Row.KILLED_OVERLAP, Row.KILLED_LOST);
        agentAway(software, Row.FROZEN_OVERLAP, Row.FROZEN_LOST);
    }

    private void agentAway(Software software, Row overlap, Row lost) {
        try (Cluster cluster = Cluster.start("bench-agent-away-" + software, software, QUICK_20, 3)) {
            Node old = cluster.awaitHealthy();
            try (Writer writer = Writer.start(cluster.primaryUrl(), WRITE_PERIOD);
                    Witness witness = Witness.start(cluster.nodes(), old)) {
                if (overlap == Row.KILLED_OVERLAP) {
                    old.agent().kill();
                } else {
                    old.agent().freeze();
                }
                Await.pass(Duration.ofSeconds(QUICK_20.ttl() + 15));
                if (overlap == Row.KILLED_OVERLAP) {
                    old.start();
                } else {
                    old.agent().thaw();
                }
                cluster.awaitHealthy();
                writer.awaitWrite(LIMIT);
                writer.close();
                witness.close();
                results.put(overlap, software, seconds(witness.twoPrimaries()));
                results.put(
                        lost, software, writer.lostOn(cluster.awaitHealthy()).size());
            }
        }
    }

    private double median(DoubleSupplier measurement) {
        double[] sorted = IntStream.range(0, runs)
                .mapToDouble(run -> measurement.getAsDouble())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
