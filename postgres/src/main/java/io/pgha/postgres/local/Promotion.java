package io.pgha.postgres.local;

import io.pgha.core.model.Postmaster;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.process.ProcessTable;
import io.pgha.postgres.process.Signal;
import io.pgha.postgres.sql.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the running standby into a primary (facts §5.10). */
final class Promotion {
    private static final Logger log = LoggerFactory.getLogger(Promotion.class);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Instance instance;
    private final Configuration configuration;

    Promotion(Instance instance, Configuration configuration) {
        this.instance = instance;
        this.configuration = configuration;
    }

    Result promote(Duration wait, BooleanSupplier stillAllowed, JobControl control) {
        Optional<Postmaster> postmaster = instance.finder.find().postmaster();
        if (postmaster.isEmpty()) {
            return new Result.Failed("there is no running server to promote");
        }
        if (recovering().filter(recovery -> !recovery).isPresent()) {
            return new Result.Succeeded("PostgreSQL is primary already");
        }
        if (control.cancelled()) {
            return new Result.Cancelled();
        }
        control.progress("promoting");
        Optional<Result> refused = order(postmaster.get(), stillAllowed);
        return refused.orElseGet(() -> await(postmaster.get(), Deadline.after(wait)));
    }

    private Optional<Result> order(Postmaster postmaster, BooleanSupplier stillAllowed) {
        if (configuration.version().promoteFunction()) {
            try {
                return instance.heartbeat.run(session ->
                        stillAllowed.getAsBoolean() ? callFunction(session) : Optional.of(new Result.Cancelled()));
            } catch (SQLException e) {
                log.warn("pg_promote() failed ({}): asking the postmaster by file", Refusal.words(e));
            }
        }
        return stillAllowed.getAsBoolean() ? askByFile(postmaster) : Optional.of(new Result.Cancelled());
    }

    private static Optional<Result> callFunction(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_promote(false)")) {
            row.next();
            return row.getBoolean(1)
                    ? Optional.empty()
                    : Optional.of(new Result.Failed("PostgreSQL refused the promotion: its log says why"));
        }
    }

    /** What {@code pg_ctl promote} does. */
    private Optional<Result> askByFile(Postmaster postmaster) {
        Path request = instance.dataDir().resolve("promote");
        try {
            if (Files.notExists(request)) {
                Files.createFile(request);
            }
            instance.account.handOver(request);
            Signal.USR1.sendTo(postmaster.pid());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Result.Failed("the promotion cannot be ordered: " + e.getMessage()));
        }
    }

    private Result await(Postmaster postmaster, Deadline deadline) {
        boolean decided = deadline.waitUntil(
                POLL,
                () -> !runs(postmaster)
                        || recovering().filter(recovery -> !recovery).isPresent());
        if (!runs(postmaster)) {
            return new Result.Failed("PostgreSQL ended while it was promoted: its log says why");
        }
        return decided
                ? new Result.Succeeded("PostgreSQL takes writes")
                : new Result.TimedOut("PostgreSQL is still ending its recovery");
    }

    private static boolean runs(Postmaster postmaster) {
        return ProcessTable.runs(postmaster.pid(), postmaster.startTicks());
    }

    private Optional<Boolean> recovering() {
        try {
            return Optional.of(instance.heartbeat.run(Promotion::isInRecovery));
        } catch (SQLException e) {
            log.debug("whether it is in recovery: {}", Refusal.words(e));
            return Optional.empty();
        }
    }

    private static boolean isInRecovery(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.pg_is_in_recovery()")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
