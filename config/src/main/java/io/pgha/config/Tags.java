package io.pgha.config;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tags of this node (facts §2.10).
 *
 * @param effective what is published: false defaults are dropped, free tags kept
 */
public record Tags(Map<String, Object> effective) {

    private static final List<String> DROPPED_WHEN_FALSE =
            List.of("clonefrom", "nofailover", "noloadbalance", "nosync", "nostream");

    /** No tags. */
    public static final Tags NONE = new Tags(Map.of());

    public Tags {
        effective = Collections.unmodifiableMap(new LinkedHashMap<>(effective));
    }

    /** The effective tags of a {@code tags} section. */
    public static Tags of(Map<String, Object> written) {
        Map<String, Object> result = new LinkedHashMap<>();
        written.forEach((name, value) -> {
            if (value == null) {
                return;
            }
            boolean overridesPriority = (name.equals("nofailover") && written.get("failover_priority") != null)
                    || (name.equals("nosync") && written.get("sync_priority") != null);
            boolean falsy = !truthy(value);
            if (!(DROPPED_WHEN_FALSE.contains(name) && falsy && !overridesPriority)) {
                result.put(name, value);
            }
        });
        return new Tags(result);
    }

    /** Never becomes leader; an explicit nofailover beats the priority. */
    public boolean nofailover() {
        return values().has("nofailover") ? truthy("nofailover") : failoverPriority() <= 0;
    }

    /** Decides between candidates with the same WAL position; 0 or less: never leader. */
    public int failoverPriority() {
        if (values().has("nofailover")) {
            return truthy("nofailover") ? 0 : Math.max(values().small("failover_priority", 1), 1);
        }
        return values().small("failover_priority", 1);
    }

    /** Never a synchronous standby; an explicit nosync beats the priority. */
    public boolean nosync() {
        return values().has("nosync") ? truthy("nosync") : syncPriority() <= 0;
    }

    /** Higher is preferred as synchronous standby; 0 or less: never. */
    public int syncPriority() {
        if (values().has("nosync")) {
            return truthy("nosync") ? 0 : Math.max(values().small("sync_priority", 1), 1);
        }
        return values().small("sync_priority", 1);
    }

    /** Gets no read-only clients through the load balancer. */
    public boolean noloadbalance() {
        return truthy("noloadbalance");
    }

    /** Preferred source for new replicas. */
    public boolean clonefrom() {
        return truthy("clonefrom");
    }

    /** Does not stream at all, lives from the archive. */
    public boolean nostream() {
        return truthy("nostream");
    }

    /** The member to follow instead of the leader. */
    public Optional<String> replicatefrom() {
        return values().filled("replicatefrom");
    }

    private Values values() {
        return new Values(effective);
    }

    private boolean truthy(String name) {
        Object value = effective.get(name);
        return value != null && truthy(value);
    }

    private static boolean truthy(Object value) {
        return SettingValue.bool(value).orElse(!value.toString().isEmpty());
    }
}
