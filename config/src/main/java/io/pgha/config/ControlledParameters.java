package io.pgha.config;

import io.pgha.config.schema.ClusterWide;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The GUCs that a node's own configuration cannot set, and the values that count for them (facts §2.5). */
public final class ControlledParameters {

    private ControlledParameters() {}

    /** Whether a local value of this GUC is ignored. */
    public static boolean contains(String name) {
        return ClusterWide.DERIVED.contains(name) || ClusterWide.contains(name);
    }

    /** Whether PostgreSQL gets this GUC on its command line, so that no file can override it. */
    public static boolean onCommandLine(String name) {
        return contains(name) && !name.startsWith("wal_keep_");
    }

    /**
     * The values that count: what the cluster-wide configuration says where it keeps the rule, else the default; fitted
     * to the server's version.
     *
     * @param dynamic {@code postgresql.parameters} of the dynamic configuration
     * @param majorVersion for example 16
     */
    static Map<String, String> effective(Map<String, Object> dynamic, int majorVersion) {
        Map<String, String> result = new LinkedHashMap<>();
        ClusterWide.defaultValues().forEach((name, fallback) -> {
            Object value = dynamic.get(name);
            result.put(
                    name,
                    value != null && ClusterWide.broken(name, value).isEmpty() ? SettingValue.text(value) : fallback);
        });
        result.computeIfPresent("wal_level", (name, level) -> "hot_standby".equals(level) ? "replica" : level);
        fitWalKeep(result, dynamic, majorVersion);
        return result;
    }

    // wal_keep_segments until 12, wal_keep_size from 13 on; the one stands for the other, 16 MB a segment.
    private static void fitWalKeep(Map<String, String> result, Map<String, Object> dynamic, int majorVersion) {
        String size = result.getOrDefault("wal_keep_size", "128MB");
        String segments = result.getOrDefault("wal_keep_segments", "8");
        if (majorVersion >= 13) {
            result.remove("wal_keep_segments");
            if (dynamic.get("wal_keep_size") == null && dynamic.get("wal_keep_segments") != null) {
                result.put("wal_keep_size", SettingValue.integer(segments).orElse(8) * 16 + "MB");
            }
        } else {
            result.remove("wal_keep_size");
            if (dynamic.get("wal_keep_segments") == null && dynamic.get("wal_keep_size") != null) {
                long megabytes = SettingValue.integer(size, Unit.MEGABYTES).orElse(128);
                result.put("wal_keep_segments", Long.toString((megabytes + 8) / 16));
            }
        }
    }
}
