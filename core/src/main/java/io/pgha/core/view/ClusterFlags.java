package io.pgha.core.view;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The few dynamic settings that change how a cluster is shown.
 *
 * @param paused automatic failover is off
 * @param synchronous synchronous mode is on, in priority or quorum form
 * @param quorum the quorum form of it
 * @param standbyCluster the cluster follows another one
 */
public record ClusterFlags(boolean paused, boolean synchronous, boolean quorum, boolean standbyCluster) {
    /** Reads the flags from the key {@code config}; a missing or invalid one means that all are off. */
    public static ClusterFlags of(ClusterView view) {
        Map<String, Object> values = view.config().map(DynamicConfigKey::values).orElse(Map.of());
        boolean standby = followsAnotherCluster(values.get("standby_cluster"));
        Object mode = values.get("synchronous_mode");
        boolean quorum = mode instanceof String text && text.equalsIgnoreCase("quorum");
        boolean synchronous = !standby && (quorum || isTrue(mode));
        return new ClusterFlags(isTrue(values.get("pause")), synchronous, synchronous && quorum, standby);
    }

    private static boolean followsAnotherCluster(@Nullable Object section) {
        return section instanceof Map<?, ?> map
                && (isGiven(map.get("host")) || isGiven(map.get("port")) || isGiven(map.get("restore_command")));
    }

    private static boolean isGiven(@Nullable Object value) {
        return value != null && !value.equals("") && !value.equals(0);
    }

    private static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.doubleValue() == 1;
        }
        return value instanceof String text
                && switch (text.toLowerCase(Locale.ROOT)) {
                    case "true", "on", "yes", "1" -> true;
                    default -> false;
                };
    }
}
