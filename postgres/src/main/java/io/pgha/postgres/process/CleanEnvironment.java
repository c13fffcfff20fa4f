package io.pgha.postgres.process;

import java.util.List;
import java.util.Map;

/** The environment of children: the own one without what is meant for this process only (facts §6.2). */
final class CleanEnvironment {
    private static final List<String> PREFIXES = List.of("PATRONI_", "PGHA_", "KUBERNETES_");
    private static final List<String> NAMES =
            List.of("NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "PGPASSWORD", "JAVA_TOOL_OPTIONS");

    private CleanEnvironment() {}

    /** Removes from the map, which is that of a {@link ProcessBuilder}, what children must not see. */
    static void clean(Map<String, String> environment) {
        environment.keySet().removeIf(name -> PREFIXES.stream().anyMatch(name::startsWith) || NAMES.contains(name));
        String arenas = environment.remove("PG_MALLOC_ARENA_MAX");
        if (arenas != null) {
            environment.put("MALLOC_ARENA_MAX", arenas);
        }
    }
}
