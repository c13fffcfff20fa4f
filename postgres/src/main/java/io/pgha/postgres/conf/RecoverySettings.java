package io.pgha.postgres.conf;

import io.pgha.postgres.version.PostgresVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a server recovers: what stands in recovery.conf before 12, and in postgresql.conf with a signal file from 12 on
 * (facts §6.6).
 *
 * @param values by name, without standby_mode
 * @param standby whether it stays a standby; otherwise recovery ends at its target
 * @param warnings what was left out, and why; for the log
 */
public record RecoverySettings(SortedMap<String, String> values, boolean standby, List<String> warnings) {
    private static final List<String> TARGETS = List.of(
            "recovery_target",
            "recovery_target_lsn",
            "recovery_target_name",
            "recovery_target_time",
            "recovery_target_xid");

    public RecoverySettings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        warnings = List.copyOf(warnings);
    }

    /**
     * What a standby streams from.
     *
     * @param primaryConninfo of {@link SourceConninfo#primary}
     * @param slot the slot on the source; empty: none
     */
    public record Source(Conninfo primaryConninfo, Optional<String> slot) {
        /**
         * A server outside of the cluster that may be any of several hosts: with a slot, which only the primary has, only
         * the one that takes writes will do (facts §5.18).
         */
        public Source onlyPrimaryOfSeveral(PostgresVersion version) {
            boolean several = primaryConninfo.value("host").orElse("").contains(",");
            return several && slot.isPresent() && version.targetSessionAttrs()
                    ? new Source(primaryConninfo.with("target_session_attrs", "read-write"), slot)
                    : this;
        }
    }

    /**
     * The settings of a standby.
     *
     * @param configured recovery_conf, and recovery settings found among the parameters
     * @param source empty: it only replays what restore_command finds
     * @param forRemote restore_command, archive_cleanup_command and recovery_min_apply_delay of a standby cluster; they
     *     win over the configured ones
     */
    public static RecoverySettings forStandby(
            Map<String, String> configured,
            Optional<Source> source,
            Map<String, String> forRemote,
            PostgresVersion version) {
        List<String> warnings = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>(lowerCase(configured));
        all.keySet()
                .removeIf(name -> name.startsWith("recovery_target")
                        || name.equals("primary_conninfo")
                        || name.equals("primary_slot_name")
                        || name.equals("standby_mode")
                        || name.equals("pause_at_recovery_target"));
        all.putAll(forRemote);
        SortedMap<String, String> values = checked(all, version, warnings);
        values.put("recovery_target_timeline", "latest");
        if (version.standbySignal()) {
            TARGETS.forEach(target -> values.put(target, ""));
        }
        source.ifPresent(from -> {
            values.put("primary_conninfo", from.primaryConninfo().text());
            from.slot().ifPresent(slot -> values.put("primary_slot_name", slot));
        });
        return new RecoverySettings(values, true, warnings);
    }

    /** The settings of a custom bootstrap method's recovery_conf: recovery up to a target (facts §2.7). */
    public static RecoverySettings forBootstrap(Map<String, String> configured, PostgresVersion version) {
        List<String> warnings = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>(lowerCase(configured));
        boolean standby = GucTable.bool(all.getOrDefault("standby_mode", "off")).orElse(false);
        all.remove("standby_mode");
        return new RecoverySettings(checked(all, version, warnings), standby, warnings);
    }

    /** The text of recovery.conf, for versions that have it. */
    public String recoveryConf() {
        SortedMap<String, String> all = new TreeMap<>(values);
        all.put("standby_mode", standby ? "on" : "off");
        return PostgresqlConf.HEADER + PostgresqlConf.settings(all);
    }

    private static SortedMap<String, String> checked(
            Map<String, String> all, PostgresVersion version, List<String> warnings) {
        translatePause(all);
        translateTrigger(all, version, warnings);
        SortedMap<String, String> values = new TreeMap<>();
        all.forEach((name, value) -> {
            GucVerdict verdict = GucTable.standard().checkRecovery(name, value, version);
            if (verdict instanceof GucVerdict.Kept kept) {
                values.put(name, kept.value());
            } else if (verdict instanceof GucVerdict.Clamped clamped) {
                values.put(name, clamped.value());
                warnings.add(clamped.warning());
            } else if (verdict instanceof GucVerdict.Dropped dropped) {
                warnings.add(dropped.warning());
            }
        });
        return values;
    }

    /** An old name of recovery_target_action (facts, appendix A.8). */
    private static void translatePause(Map<String, String> all) {
        String pause = all.remove("pause_at_recovery_target");
        if (pause != null) {
            GucTable.bool(pause).ifPresent(yes -> all.putIfAbsent("recovery_target_action", yes ? "pause" : "promote"));
        }
    }

    private static void translateTrigger(Map<String, String> all, PostgresVersion version, List<String> warnings) {
        String old = all.remove("trigger_file");
        String newer = all.remove("promote_trigger_file");
        String file = newer == null ? old : newer;
        if (file == null) {
            return;
        }
        if (version.recoveryConfFile()) {
            all.put("trigger_file", file);
        } else if (version.promoteTriggerFile()) {
            all.put("promote_trigger_file", file);
        } else {
            warnings.add("removed the recovery setting promote_trigger_file: PostgreSQL " + version + " has none");
        }
    }

    private static Map<String, String> lowerCase(Map<String, String> given) {
        Map<String, String> lower = new LinkedHashMap<>();
        new TreeMap<>(given).forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }
}
