package io.pgha.it.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A client that writes a row every few milliseconds and remembers which ones were acknowledged. */
public final class Writer implements AutoCloseable {
    /** A row whose commit was acknowledged; times of {@link System#nanoTime()}. */
    private record Acknowledged(long id, long sent, long received) {}

    private final String url;
    private final Duration period;
    private final List<Acknowledged> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean ended;
    private volatile String lastError = "";

    private Writer(String url, Duration period) {
        this.url = url;
        this.period = period;
        thread.setDaemon(true);
    }

    /**
     * Starts one and waits until its first row is acknowledged.
     *
     * @param url where it writes; connects again after each error
     * @param period from one row to the next
     */
    public static Writer start(String url, Duration period) {
        Writer writer = new Writer(url, period);
        writer.thread.start();
        writer.awaitWrite(Duration.ofSeconds(30));
        return writer;
    }

    /** Waits for a row that is sent from now on and acknowledged. */
    public Duration awaitWrite(Duration limit) {
        return awaitWriteSince(System.nanoTime(), limit);
    }

    /**
     * Waits for an acknowledged row that was sent after a moment.
     *
     * @param moment of {@link System#nanoTime()}
     * @return the time from the moment to the acknowledgement
     */
    public Duration awaitWriteSince(long moment, Duration limit) {
        Await.until(() -> "a write is acknowledged; the last error was: " + lastError, limit, () -> {
            int size = acknowledged.size();
            return size > 0 && acknowledged.get(size - 1).sent() >= moment;
        });
        return acknowledged.stream()
                .filter(row -> row.sent() >= moment)
                .findFirst()
                .map(row -> Duration.ofNanos(row.received() - moment))
                .orElseThrow();
    }

    /** The longest time without an acknowledgement since a moment. */
    public Duration longestOutageSince(long moment) {
        long longest = 0;
        long last = moment;
        for (Acknowledged row : acknowledged) {
            if (row.received() >= moment) {
                longest = Math.max(longest, row.received() - last);
                last = row.received();
            }
        }
        return Duration.ofNanos(longest);
    }

    public int count() {
        return acknowledged.size();
    }

    /** The acknowledged rows that this node does not have. */
    public List<Long> lostOn(Node node) {
        Set<Long> there = new HashSet<>();
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from written")) {
            while (rows.next()) {
                there.add(rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot read what " + node.name() + " has: " + e.getMessage(), e);
        }
        List<Long> lost = new ArrayList<>();
        acknowledged.stream()
                .map(Acknowledged::id)
                .filter(id -> !there.contains(id))
                .forEach(lost::add);
        return lost;
    }

    private void run() {
        long next = System.nanoTime();
        // Rows of an earlier writer stay: ids go on from the clock.
        long id = System.currentTimeMillis() * 1000;
        while (!ended) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists written (id bigint primary key)");
                try (PreparedStatement insert = connection.prepareStatement("insert into written values (?)")) {
                    while (!ended) {
                        next = Math.max(next + period.toNanos(), System.nanoTime());
                        LockSupport.parkNanos(next - System.nanoTime());
                        id++;
                        insert.setLong(1, id);
                        long sent = System.nanoTime();
                        insert.executeUpdate();
                        acknowledged.add(new Acknowledged(id, sent, System.nanoTime()));
                    }
                }
            } catch (SQLException e) {
                lastError = e.getMessage();
                LockSupport.parkNanos(period.toNanos());
            }
        }
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
