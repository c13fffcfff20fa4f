package io.pgha.it.cluster;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees which nodes take writes (reliability.md, S1): one direct connection to each, and every 20 ms a row that needs no
 * replica's consent.
 */
public final class Witness implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(20);
    /** Rows further apart than this do not prove that the node took writes in between. */
    private static final Duration GAP = Duration.ofMillis(500);

    /** An acknowledged row; the commit lies between the two times. */
    private record Row(long sent, long received) {}

    private record Period(long from, long to) {}

    private final Map<String, List<Row>> rows = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    private Witness() {}

    /** Starts one; the nodes' cluster must have a primary. */
    public static Witness start(List<Node> nodes, Node primary) {
        Witness witness = new Witness();
        try (Connection connection = primary.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists witness (at timestamptz default clock_timestamp())");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the witness: " + e.getMessage(), e);
        }
        for (Node node : nodes) {
            witness.rows.put(node.name(), new CopyOnWriteArrayList<>());
            Thread thread = new Thread(() -> witness.watch(node), "witness-" + node.name());
            thread.setDaemon(true);
            witness.threads.add(thread);
            thread.start();
        }
        return witness;
    }

    private void watch(Node node) {
        List<Row> seen = rows.getOrDefault(node.name(), List.of());
        while (!ended) {
            try (Connection connection = node.connect();
                    Statement statement = connection.createStatement()) {
                // Replicas refuse fifty rows a second; their logs are for other things.
                statement.execute("set synchronous_commit = local; set log_min_messages = fatal");
                while (!ended) {
                    long sent = System.nanoTime();
                    if (insert(statement)) {
                        seen.add(new Row(sent, System.nanoTime()));
                    }
                    LockSupport.parkNanos(PERIOD.toNanos() - (System.nanoTime() - sent));
                }
            } catch (SQLException e) {
                LockSupport.parkNanos(PERIOD.toNanos());
            }
        }
    }

    /** Whether the row was taken; a replica refuses it and keeps the connection. */
    private static boolean insert(Statement statement) throws SQLException {
        try {
            statement.execute("insert into witness default values");
            return true;
        } catch (SQLException e) {
            if ("25006".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** For how long two nodes took writes at the same time. Zero is a proof, within what was seen. */
    public Duration twoPrimaries() {
        List<String> names = List.copyOf(new TreeMap<>(rows).keySet());
        long overlap = 0;
        for (int one = 0; one < names.size(); one++) {
            for (int other = one + 1; other < names.size(); other++) {
                overlap += overlap(periods(names.get(one)), periods(names.get(other)));
            }
        }
        return Duration.ofNanos(overlap);
    }

    /** How many rows each node took. */
    public String summary() {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach((name, seen) -> counts.put(name, seen.size()));
        return counts.toString();
    }

    /** From the first acknowledgement to the sending of the last row: in between it took writes for certain. */
    private List<Period> periods(String name) {
        List<Period> periods = new ArrayList<>();
        long from = 0;
        long to = 0;
        long last = Long.MIN_VALUE;
        for (Row row : rows.getOrDefault(name, List.of())) {
            if (last == Long.MIN_VALUE || row.sent() - last > GAP.toNanos()) {
                if (last != Long.MIN_VALUE) {
                    periods.add(new Period(from, to));
                }
                from = row.received();
            }
            to = row.sent();
            last = row.received();
        }
        if (last != Long.MIN_VALUE) {
            periods.add(new Period(from, to));
        }
        return periods;
    }

    private static long overlap(List<Period> some, List<Period> others) {
        long sum = 0;
        for (Period one : some) {
            for (Period other : others) {
                sum += Math.max(0, Math.min(one.to(), other.to()) - Math.max(one.from(), other.from()));
            }
        }
        return sum;
    }

    @Override
    public void close() {
        ended = true;
        for (Thread thread : threads) {
            try {
                thread.join(3000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
