package io.pgha.postgres.local;

import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.postgres.Result;
import io.pgha.postgres.sql.Login;
import io.pgha.postgres.sql.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Creates logical slots on a primary and moves their copies on a standby (facts §5.14), each in its database. */
final class LogicalSlotOrders {
    /** Creating one waits for all transactions that run; moving one reads all WAL in between. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String CREATE =
            "SELECT pg_catalog.pg_create_logical_replication_slot(name, plugin) FROM (SELECT ?::pg_catalog.text AS name,"
                    + " ?::pg_catalog.text AS plugin) w WHERE NOT pg_catalog.pg_is_in_recovery() AND NOT EXISTS"
                    + " (SELECT 1 FROM pg_catalog.pg_replication_slots s WHERE s.slot_name = w.name)";
    private static final String WAL_LEVEL = "SELECT pg_catalog.current_setting('wal_level')";
    private static final String ADVANCE =
            "SELECT pg_catalog.pg_replication_slot_advance(slot_name, ?::pg_catalog.pg_lsn)"
                    + " FROM pg_catalog.pg_replication_slots WHERE slot_name = ? AND NOT active AND pg_catalog.pg_is_in_recovery()"
                    + " AND confirmed_flush_lsn < ?::pg_catalog.pg_lsn";
    private static final String DROP =
            "SELECT pg_catalog.pg_drop_replication_slot(slot_name) FROM pg_catalog.pg_replication_slots"
                    + " WHERE slot_name = ? AND NOT active AND pg_catalog.pg_is_in_recovery()";

    /** The WAL that it needs is gone, or it was invalidated: undefined_file, object_not_in_prerequisite_state. */
    private static final Set<String> BROKEN = Set.of("58P01", "55000");

    private final Instance instance;

    LogicalSlotOrders(Instance instance) {
        this.instance = instance;
    }

    /** One slot's work in its database. */
    private interface Order {
        void run(Connection session, List<String> failures) throws SQLException;
    }

    Result apply(LogicalSlotPlan plan) {
        Map<String, List<Order>> orders = new TreeMap<>();
        plan.create()
                .forEach(slot -> orders.computeIfAbsent(slot.kind().database(), name -> new ArrayList<>())
                        .add((session, failures) -> create(session, slot, failures)));
        plan.advance()
                .forEach(slot -> orders.computeIfAbsent(slot.database(), name -> new ArrayList<>())
                        .add((session, failures) -> advance(session, slot, failures)));
        List<String> failures = new ArrayList<>();
        orders.forEach((database, work) -> in(database, work, failures));
        return failures.isEmpty()
                ? new Result.Succeeded("logical slots are as wanted")
                : new Result.Failed(String.join("; ", failures));
    }

    private void in(String database, List<Order> work, List<String> failures) {
        Login usual = instance.heartbeat.login();
        Login login = new Login(
                usual.endpoint(),
                database,
                usual.credentials(),
                usual.applicationName(),
                usual.sslMode(),
                LIMIT,
                LIMIT.plusSeconds(10));
        try (Connection session = login.open()) {
            for (Order order : work) {
                order.run(session, failures);
            }
        } catch (SQLException e) {
            failures.add("logical slots of the database " + database + " cannot be changed: " + Refusal.words(e));
        }
    }

    private static void create(Connection session, LogicalSlotPlan.Creation slot, List<String> failures)
            throws SQLException {
        String level = walLevel(session);
        if (!level.equals("logical")) {
            // Asked all the same, PostgreSQL would fill its own log with the refusals.
            failures.add("the logical slot " + slot.slot() + " cannot be created yet: wal_level is " + level
                    + ", it needs logical; once that is configured, restart this member");
            return;
        }
        try {
            run(session, CREATE, slot.slot(), slot.kind().plugin());
        } catch (SQLException e) {
            failures.add("cannot create the logical slot " + slot.slot() + ": " + Refusal.words(e));
            giveUpIfLost(session, e);
        }
    }

    private static String walLevel(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(WAL_LEVEL);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    private static void advance(Connection session, LogicalSlotPlan.Advance slot, List<String> failures)
            throws SQLException {
        try {
            run(session, ADVANCE, slot.to().toString(), slot.slot(), slot.to().toString());
        } catch (SQLException e) {
            failures.add("cannot advance the logical slot " + slot.slot() + ": " + Refusal.words(e));
            giveUpIfLost(session, e);
            if (e.getSQLState() != null && BROKEN.contains(e.getSQLState())) {
                run(session, DROP, slot.slot());
                failures.add("it is dropped here and copied from the leader anew");
            }
        }
    }

    private static void giveUpIfLost(Connection session, SQLException e) throws SQLException {
        if (session.isClosed()) {
            throw e;
        }
    }

    private static void run(Connection session, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
