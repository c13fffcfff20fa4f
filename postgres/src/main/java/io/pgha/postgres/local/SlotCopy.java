package io.pgha.postgres.local;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.AtomicFile;
import io.pgha.postgres.conf.SlotName;
import io.pgha.postgres.sql.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies logical slots from the leader to a standby (facts §5.14, step 8). A slot file that PostgreSQL cannot use keeps it
 * from starting, so everything that it would object to is looked at before it is stopped: the file's checksum, wal_level,
 * max_replication_slots, and whether the WAL that the slot needs is here at all.
 */
final class SlotCopy {
    private static final Logger log = LoggerFactory.getLogger(SlotCopy.class);

    /** A copy that vanished for no reason that is known here is no reason for one restart after the other. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private static final String LOCAL =
            "SELECT pg_catalog.pg_last_wal_replay_lsn()::text AS replayed, pg_catalog.pg_is_in_recovery() AS recovery,"
                    + " (SELECT count(*) FROM pg_catalog.pg_replication_slots) AS slots,"
                    + " (SELECT setting::pg_catalog.int8 FROM pg_catalog.pg_settings WHERE name = 'wal_segment_size') AS segment,"
                    + " pg_catalog.current_setting('max_replication_slots')::pg_catalog.int8 AS most,"
                    + " ARRAY(SELECT pg_catalog.substr(name, 9) FROM pg_catalog.pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$') AS wal";

    private final Instance instance;
    private final Configuration configuration;
    private final Map<String, Long> copiedAt = new HashMap<>();

    SlotCopy(Instance instance, Configuration configuration) {
        this.instance = instance;
        this.configuration = configuration;
    }

    /** The data directory is made anew, which takes the copies along: that they are gone then is no surprise. */
    void forget() {
        copiedAt.clear();
    }

    /** What the standby has before it is stopped. */
    private record Here(Lsn replayed, long segment, long room, Set<String> wal) {
        boolean hasWalOf(SlotState slot) {
            long number = slot.restart().bytes() / segment;
            long perLog = 0x1_0000_0000L / segment;
            return wal.contains(String.format(Locale.ROOT, "%08X%08X", number / perLog, number % perLog));
        }
    }

    /**
     * @param stop stops the server
     * @param start starts it as the standby that it was
     */
    Result copy(
            Upstream leader, List<String> slots, Supplier<Result> stop, Supplier<Result> start, JobControl control) {
        control.progress("reading the slots of " + leader.name());
        List<String> objections = new ArrayList<>();
        List<SlotState> states;
        try {
            states = usable(leader, slots, objections);
        } catch (SQLException e) {
            return new Result.Failed("the logical slots of " + leader.name() + " cannot be read: " + Refusal.words(e)
                    + "; postgresql.authentication.rewind needs pg_read_binary_file there");
        }
        if (states.isEmpty()) {
            return new Result.Failed("no logical slot is copied: "
                    + (objections.isEmpty() ? leader.name() + " has none of them" : String.join("; ", objections)));
        }
        if (control.cancelled()) {
            return new Result.Cancelled();
        }
        control.progress("restarting with " + states.size() + " more logical slots");
        Result stopped = stop.get();
        if (!stopped.succeeded()) {
            return stopped;
        }
        return written(states, start);
    }

    private Result written(List<SlotState> states, Supplier<Result> start) {
        try {
            for (SlotState state : states) {
                write(state);
                copiedAt.put(state.name(), System.nanoTime());
            }
        } catch (IOException e) {
            remove(states);
            Result started = start.get();
            return new Result.Failed("the slots cannot be written: " + e.getMessage()
                    + (started.succeeded() ? "" : "; " + started.message()));
        }
        Result started = start.get();
        if (started instanceof Result.Failed && !instance.postmasterRuns()) {
            remove(states);
            Result again = start.get();
            return new Result.Failed("PostgreSQL did not start with the copied slots, they are removed: "
                    + started.message() + (again.succeeded() ? "" : "; " + again.message()));
        }
        return started.succeeded()
                ? new Result.Succeeded("copied the logical slots "
                        + String.join(", ", states.stream().map(SlotState::name).toList()))
                : started;
    }

    private List<SlotState> usable(Upstream leader, List<String> slots, List<String> objections) throws SQLException {
        String level = configuration.parameters().parameters().getOrDefault("wal_level", "");
        if (!level.equals("logical")) {
            objections.add("wal_level is " + level + ", logical slots need logical");
            return List.of();
        }
        List<String> due = new ArrayList<>();
        for (String slot : slots) {
            Long at = copiedAt.get(slot);
            if (at != null && System.nanoTime() - at < PAUSE.toNanos()) {
                objections.add(slot + " was copied a moment ago and is gone again, it is tried later");
            } else if (SlotName.isValid(slot)) {
                due.add(slot);
            }
        }
        if (due.isEmpty()) {
            return List.of();
        }
        List<SlotState> found = new SlotSource(instance, leader)
                .states(due, configuration.version().failoverSlots());
        Here here = instance.heartbeat.run(SlotCopy::look);
        List<SlotState> usable = new ArrayList<>();
        for (SlotState state : found) {
            if (!state.isWhole()) {
                objections.add("the state of " + state.name() + " is damaged");
            } else if (state.confirmed().isAfter(here.replayed())) {
                objections.add(state.name() + " is ahead of what this standby has replayed");
            } else if (!here.hasWalOf(state)) {
                objections.add(state.name() + " needs WAL from " + state.restart()
                        + " on, which this node does not have: it is copied when its consumer is further");
            } else if (usable.size() >= here.room()) {
                objections.add("max_replication_slots leaves no room for " + state.name());
            } else {
                usable.add(state);
            }
        }
        return usable;
    }

    private static Here look(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(LOCAL)) {
            row.next();
            if (!row.getBoolean("recovery")) {
                throw new SQLException("this node is no standby");
            }
            Set<String> wal =
                    new HashSet<>(List.of((String[]) row.getArray("wal").getArray()));
            return new Here(
                    Lsn.parse(String.valueOf(row.getString("replayed"))).orElse(Lsn.ZERO),
                    row.getLong("segment"),
                    row.getLong("most") - row.getLong("slots"),
                    wal);
        }
    }

    /** PostgreSQL removes folders that end in .tmp when it starts: a copy is whole or not there. */
    private void write(SlotState state) throws IOException {
        Path slots = instance.dataDir().resolve("pg_replslot");
        Set<PosixFilePermission> folderMode = Files.getPosixFilePermissions(instance.dataDir());
        Path temporary = slots.resolve(state.name() + ".tmp");
        removeFolder(temporary);
        removeFolder(slots.resolve(state.name()));
        Files.createDirectory(temporary, PosixFilePermissions.asFileAttribute(folderMode));
        Files.setPosixFilePermissions(temporary, folderMode);
        Path file = temporary.resolve("state");
        boolean group = folderMode.contains(PosixFilePermission.GROUP_READ);
        AtomicFile.write(file, state.bytes(), PosixFilePermissions.fromString(group ? "rw-r-----" : "rw-------"));
        instance.account.handOver(file);
        instance.account.handOver(temporary);
        Files.move(temporary, slots.resolve(state.name()));
        AtomicFile.force(slots);
    }

    private void remove(List<SlotState> states) {
        for (SlotState state : states) {
            try {
                removeFolder(instance.dataDir().resolve("pg_replslot").resolve(state.name()));
            } catch (IOException e) {
                log.error("a copied slot cannot be removed", e);
            }
        }
    }

    /** A slot's folder holds one file. */
    private static void removeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(folder.resolve("state"));
            Files.deleteIfExists(folder.resolve("state.tmp"));
            Files.delete(folder);
        }
    }
}
