package io.pgha.config.schema;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The GUCs that only the cluster-wide configuration sets, because they must fit between the nodes (facts §2.5). */
public final class ClusterWide {

    /** The GUCs that follow from other keys and are never taken from {@code parameters}. */
    public static final Set<String> DERIVED = Set.of("listen_addresses", "port", "cluster_name");

    /**
     * Bounds of a whole number.
     *
     * @param least PostgreSQL's own lower bound
     * @param most PostgreSQL's own upper bound
     * @param usable the least that a cluster works with; below it the default counts
     */
    record Bounds(long least, long most, long usable) {}

    private static final Map<String, Bounds> BOUNDS = Map.of(
            "max_connections", new Bounds(1, 262_143, 25),
            "max_locks_per_transaction", new Bounds(10, 2_147_483_647, 32),
            "max_prepared_transactions", new Bounds(0, 262_143, 0),
            "max_replication_slots", new Bounds(0, 262_143, 4),
            "max_wal_senders", new Bounds(0, 262_143, 3),
            "max_worker_processes", new Bounds(0, 262_143, 2),
            "wal_keep_segments", new Bounds(0, 2_147_483_647, 1));

    private static final Map<String, String> DEFAULTS = defaults();

    private ClusterWide() {}

    /** What counts where the cluster-wide configuration says nothing usable, by name. */
    public static Map<String, String> defaultValues() {
        return DEFAULTS;
    }

    /** Whether only the cluster-wide configuration sets this GUC. */
    public static boolean contains(String name) {
        return DEFAULTS.containsKey(name);
    }

    /** What the rule of facts §2.5 asks of the value, if the value breaks it. */
    public static Optional<String> broken(String name, Object value) {
        Bounds bounds = BOUNDS.get(name);
        if (bounds != null) {
            var number = SettingValue.integer(value);
            boolean usable = number.isPresent() && number.getAsLong() >= bounds.usable();
            return usable ? Optional.empty() : Optional.of("a whole number, at least " + bounds.usable());
        }
        return switch (name) {
            case "wal_level" ->
                expect(
                        List.of("hot_standby", "replica", "logical")
                                .contains(value.toString().toLowerCase(Locale.ROOT)),
                        "replica or logical");
            case "hot_standby" -> expect(SettingValue.bool(value).orElse(false), "on");
            case "wal_keep_size" ->
                expect(SettingValue.integer(value, Unit.MEGABYTES).orElse(0) >= 16, "a size, at least 16MB");
            case "track_commit_timestamp", "wal_log_hints" ->
                expect(SettingValue.bool(value).isPresent(), "on or off");
            default -> Optional.empty();
        };
    }

    static Optional<Bounds> bounds(String name) {
        return Optional.ofNullable(BOUNDS.get(name));
    }

    private static Optional<String> expect(boolean kept, String expected) {
        return kept ? Optional.empty() : Optional.of(expected);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("wal_level", "hot_standby");
        defaults.put("hot_standby", "on");
        defaults.put("max_connections", "100");
        defaults.put("max_wal_senders", "10");
        defaults.put("wal_keep_segments", "8");
        defaults.put("wal_keep_size", "128MB");
        defaults.put("max_prepared_transactions", "0");
        defaults.put("max_locks_per_transaction", "64");
        defaults.put("track_commit_timestamp", "off");
        defaults.put("max_replication_slots", "10");
        defaults.put("max_worker_processes", "8");
        defaults.put("wal_log_hints", "on");
        return Collections.unmodifiableMap(defaults);
    }
}
