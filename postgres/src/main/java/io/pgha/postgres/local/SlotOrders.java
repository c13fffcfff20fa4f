package io.pgha.postgres.local;

import io.pgha.core.model.Lsn;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.Result;
import io.pgha.postgres.sql.Refusal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates, drops and advances replication slots (facts §5.14). One that fails does not keep the others. */
final class SlotOrders {
    private static final Logger log = LoggerFactory.getLogger(SlotOrders.class);
    private static final String DROP =
            "SELECT pg_catalog.pg_drop_replication_slot(slot_name) FROM pg_catalog.pg_replication_slots"
                    + " WHERE slot_name = ? AND NOT active";
    private static final String EXISTS = "SELECT active FROM pg_catalog.pg_replication_slots WHERE slot_name = ?";
    private static final String CREATE =
            "SELECT pg_catalog.pg_create_physical_replication_slot(name, true) FROM (SELECT ?::pg_catalog.text AS name) w"
                    + " WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_replication_slots s WHERE s.slot_name = w.name)";
    private static final String ADVANCE =
            "SELECT pg_catalog.pg_replication_slot_advance(slot_name, ?::pg_catalog.pg_lsn)"
                    + " FROM pg_catalog.pg_replication_slots WHERE slot_name = ? AND NOT active AND restart_lsn < ?::pg_catalog.pg_lsn";

    private final Instance instance;

    SlotOrders(Instance instance) {
        this.instance = instance;
    }

    Result apply(SlotPlan plan) {
        if (plan.isEmpty()) {
            return new Result.Succeeded("slots are as wanted");
        }
        try {
            List<String> failures = instance.heartbeat.run(session -> apply(plan, session));
            return failures.isEmpty()
                    ? new Result.Succeeded("slots are as wanted")
                    : new Result.Failed(String.join("; ", failures));
        } catch (SQLException e) {
            return new Result.Failed("slots cannot be changed: " + Refusal.words(e));
        }
    }

    private static List<String> apply(SlotPlan plan, Connection session) {
        List<String> failures = new ArrayList<>();
        for (String slot : plan.drop()) {
            attempt("drop", slot, failures, () -> drop(session, slot, plan.reason(slot), failures));
        }
        for (String slot : plan.create()) {
            attempt("create", slot, failures, () -> {
                if (run(session, CREATE, slot)) {
                    log.info("the replication slot {} is created: {}", slot, plan.reason(slot));
                }
            });
        }
        for (SlotPlan.Advance advance : plan.advance()) {
            attempt("advance", advance.slot(), failures, () -> advance(session, advance.slot(), advance.to()));
        }
        return failures;
    }

    /** One statement or a few. */
    private interface Order {
        void run() throws SQLException;
    }

    private static void attempt(String what, String slot, List<String> failures, Order order) {
        try {
            order.run();
        } catch (SQLException e) {
            failures.add("cannot " + what + " the slot " + slot + ": " + Refusal.words(e));
        }
    }

    private static void drop(Connection session, String slot, String reason, List<String> failures)
            throws SQLException {
        if (run(session, DROP, slot)) {
            log.info("the replication slot {} is dropped: {}", slot, reason);
        }
        try (PreparedStatement statement = session.prepareStatement(EXISTS)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    failures.add("the slot " + slot + " is active and stays");
                }
            }
        }
    }

    private static void advance(Connection session, String slot, Lsn to) throws SQLException {
        run(session, ADVANCE, to.toString(), slot, to.toString());
    }

    /** Returns whether there was something to do. */
    private static boolean run(Connection session, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet done = statement.executeQuery()) {
                return done.next();
            }
        }
    }
}
