package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Problem;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Values;
import io.pgha.core.model.SlotName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the keys of a cluster-wide configuration mean together. */
final class ClusterMeaningChecks {

    private final Findings findings;

    ClusterMeaningChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Values dynamic, KeyPath at) {
        boolean logicalWal = dynamic.section("postgresql")
                .section("parameters")
                .text("wal_level")
                .filter("logical"::equalsIgnoreCase)
                .isPresent();
        for (String key : List.of("slots", "permanent_slots", "permanent_replication_slots")) {
            dynamic.section(key).map().forEach((name, value) -> {
                slot(at.child(key).child(name), value);
                if (!logicalWal && isLogical(value)) {
                    findings.warning(
                            at.child(key).child(name),
                            "is a logical slot, and without wal_level = logical there can be none",
                            "",
                            "set postgresql.parameters.wal_level: logical in the cluster-wide configuration, and"
                                    + " restart each member");
                }
            });
        }
        new IgnoreSlotsChecks(findings).check(dynamic, at.child("ignore_slots"));
        Values standby = dynamic.section("standby_cluster");
        new StandbyClusterChecks(findings).check(standby, at.child("standby_cluster"));
        boolean on = List.of("host", "port", "restore_command").stream()
                .anyMatch(key -> standby.filled(key).isPresent());
        if (dynamic.has("standby_cluster") && !on) {
            findings.warning(
                    at.child("standby_cluster"), "is off", "at least one of host, port and restore_command", "");
        }
        boolean synchronous = dynamic.text("synchronous_mode")
                .filter(mode -> mode.equalsIgnoreCase("quorum")
                        || SettingValue.bool(mode).orElse(false))
                .isPresent();
        if (on && synchronous) {
            findings.warning(
                    at.child("synchronous_mode"), "has no effect in a standby cluster", "", "remove one of the two");
        }
        if (!synchronous && dynamic.bool("synchronous_mode_strict", false)) {
            findings.warning(at.child("synchronous_mode_strict"), "has no effect without synchronous_mode", "", "");
        }
        for (String key : List.of("pg_hba", "pg_hba_primary", "pg_hba_replica", "pg_hba_standby_leader")) {
            hba(dynamic.section("postgresql"), at.child("postgresql"), key);
        }
        for (String key : List.of("pg_ident", "pg_ident_primary", "pg_ident_replica", "pg_ident_standby_leader")) {
            ident(dynamic.section("postgresql"), at.child("postgresql"), key);
        }
        new OptionChecks(findings).check(dynamic.section("postgresql"), at.child("postgresql"));
    }

    /** Nobody can connect any more once PostgreSQL starts with such a line, not even to see what is wrong. */
    private void hba(Values section, KeyPath at, String key) {
        Object written = section.map().get(key);
        if (written == null) {
            return;
        }
        Map<KeyPath, Object> places = lines(at.child(key), written);
        List<Object> lines = new ArrayList<>(places.values());
        if (lines.stream().noneMatch(HbaLine::isEntry)) {
            findings.error(at.child(key), "has no entry: PostgreSQL would not start", "lines of pg_hba.conf", "");
        }
        places.forEach((path, line) -> HbaLine.complaint(line)
                .ifPresent(why -> findings.error(
                        path,
                        why,
                        "a line of pg_hba.conf: type, database, user, address (not for local), method",
                        "")));
        // Of what a node's own file says, HbaChecks says it.
        boolean inDcs = at.equals(KeyPath.ROOT.child("postgresql"));
        if (inDcs && !lines.isEmpty() && lines.stream().noneMatch(HbaLine::admitsReplication)) {
            findings.warning(
                    at.child(key),
                    "locks the replicas out: no line admits the database \"replication\" (\"all\" does not include it)",
                    "",
                    "add, for example, host replication replicator 10.0.0.0/24 scram-sha-256");
        }
    }

    /** PostgreSQL loads none of the lines where one is wrong. */
    private void ident(Values section, KeyPath at, String key) {
        Object written = section.map().get(key);
        if (written == null) {
            return;
        }
        lines(at.child(key), written)
                .forEach((path, line) -> HbaLine.complaintOfMap(line)
                        .ifPresent(why -> findings.error(
                                path, why, "a line of pg_ident.conf: map, system user, database user", "")));
    }

    /** The lines of a file in their order, each with its place; a single text is a line, and a \\ at the end continues with the next. */
    private static Map<KeyPath, Object> lines(KeyPath at, Object written) {
        Map<KeyPath, Object> lines = new LinkedHashMap<>();
        if (!(written instanceof List<?> several)) {
            lines.put(at, written);
            return lines;
        }
        KeyPath begin = at;
        String before = "";
        for (int i = 0; i < several.size(); i++) {
            Object line = several.get(i);
            begin = before.isEmpty() ? at.item(i) : begin;
            if (line instanceof String text && text.endsWith("\\") && i + 1 < several.size()) {
                before += text.substring(0, text.length() - 1);
            } else {
                lines.put(begin, line instanceof String text ? before + text : line);
                before = "";
            }
        }
        return lines;
    }

    private void slot(KeyPath path, @org.jspecify.annotations.Nullable Object value) {
        if (!SlotName.isValid(path.name())) {
            findings.warning(
                    path, "is no name for a slot", "up to 63 lower-case letters, digits and _", Problem.LEFT_OUT);
            return;
        }
        Values slot = Values.of(value);
        Optional<String> type = slot.text("type");
        boolean complete = slot.has("database") && slot.has("plugin");
        if (value instanceof Map && type.filter("logical"::equals).isPresent() && !complete) {
            findings.warning(path, "is incomplete", "database and plugin for a logical slot", Problem.LEFT_OUT);
        }
    }

    private static boolean isLogical(@org.jspecify.annotations.Nullable Object value) {
        Values slot = Values.of(value);
        return slot.text("type").map("logical"::equals).orElse(slot.has("database") && slot.has("plugin"));
    }
}
