package io.pgha.postgres.conf;

import io.pgha.core.model.PendingRestartReason;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How the wanted parameters differ from those that a running server has (facts §6.5).
 *
 * @param reload names that a reload brings into force
 * @param restart what waits for a restart, by name
 */
public record ParameterChanges(SortedSet<String> reload, SortedMap<String, PendingRestartReason> restart) {
    private static final long BLOCK = 8192;

    /** Whether the server has everything that is wanted. */
    public boolean isEmpty() {
        return reload.isEmpty() && restart.isEmpty();
    }

    /**
     * Compares, aware of units. Parameters of extensions that are not loaded are not in {@code live}; the file decides
     * about those, so they count neither way.
     *
     * @param wanted of {@link EffectiveParameters#parameters()}
     * @param live rows of pg_settings by name in lower case
     */
    public static ParameterChanges between(Map<String, String> wanted, Map<String, ServerSetting> live) {
        SortedSet<String> reload = new TreeSet<>();
        SortedMap<String, PendingRestartReason> restart = new TreeMap<>();
        wanted.forEach((name, value) -> {
            ServerSetting setting = live.get(name.toLowerCase(Locale.ROOT));
            if (setting == null || setting.isInternal() || GucTable.standard().isRecovery(name)) {
                return;
            }
            String effective = name.equals("wal_buffers") ? walBuffers(value, live) : value;
            Optional<PendingRestartReason> reason = setting.waitsFor(effective);
            if (reason.isEmpty()) {
                return;
            }
            // The server reports hot_standby as pending on its own terms; it is always on here.
            if (setting.needsRestart() && !name.equals("hot_standby")) {
                restart.put(name, reason.get());
            } else {
                reload.add(name);
            }
        });
        return new ParameterChanges(reload, restart);
    }

    /** The server shows what it computed for −1. */
    private static String walBuffers(String wanted, Map<String, ServerSetting> live) {
        ServerSetting shared = live.get("shared_buffers");
        ServerSetting segment = live.get("wal_segment_size");
        if (!wanted.equals("-1") || shared == null || segment == null) {
            return wanted;
        }
        double blocks = GucNumber.parse(shared.value(), shared.unit(), true).orElse(0);
        double bytes =
                GucNumber.parse(segment.value() + segment.unit(), "B", true).orElse(16 * 1024 * 1024);
        return Long.toString(ServerParameters.walBuffers((long) blocks, Math.max(BLOCK, (long) bytes)));
    }
}
