package io.pgha.config.schema;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of PostgreSQL's parameters and the versions that know them (facts, appendix A). */
final class Gucs {

    /**
     * A parameter.
     *
     * @param name as PostgreSQL spells it
     * @param since first major version that has it
     * @param gone first major version that has it no longer
     */
    record Guc(String name, int since, Optional<Integer> gone) {}

    private static final Map<String, Guc> BY_NAME = read();

    private static final Map<String, String> REPLACEMENTS = Map.ofEntries(
            Map.entry("wal_keep_segments", "there write wal_keep_size: 128MB (16 MB for each segment)"),
            Map.entry("checkpoint_segments", "write max_wal_size instead"),
            Map.entry("force_parallel_mode", "there it is called debug_parallel_query"),
            Map.entry("promote_trigger_file", "promote with hactl"),
            Map.entry("trigger_file", "promote with hactl"),
            Map.entry("standby_mode", "the agent decides who is a standby"),
            Map.entry("vacuum_defer_cleanup_age", "use hot_standby_feedback or replication slots"),
            Map.entry("stats_temp_directory", "statistics live in shared memory there"));

    private Gucs() {}

    static Optional<Guc> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    static Optional<String> nearest(String name) {
        return DidYouMean.among(BY_NAME.keySet(), name).flatMap(Gucs::named).map(Guc::name);
    }

    /** What to write instead of a parameter that is gone; empty where there is nothing better than to remove it. */
    static Optional<String> replacement(String name) {
        return Optional.ofNullable(REPLACEMENTS.get(name));
    }

    private static Map<String, Guc> read() {
        Map<String, Guc> result = new LinkedHashMap<>();
        for (String line : SchemaText.lines("gucs.txt")) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] columns = line.split(" ", -1);
            Optional<Integer> gone = columns[2].equals("-") ? Optional.empty() : Optional.of(major(columns[2]));
            result.put(columns[0].toLowerCase(Locale.ROOT), new Guc(columns[0], major(columns[1]), gone));
        }
        return java.util.Collections.unmodifiableMap(result);
    }

    // All 9.x count as 9: they are below what pgha supports.
    private static int major(String version) {
        int dot = version.indexOf('.');
        return Integer.parseInt(dot < 0 ? version : version.substring(0, dot));
    }
}
