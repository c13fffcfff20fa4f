package io.pgha.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The tags of a member (facts §2.10). Values are as YAML or JSON gave them: Boolean, Number, String, or nested.
 *
 * @param values all tags by name, in the order as written
 */
public record Tags(Map<String, Object> values) {
    /** No tags at all. */
    public static final Tags NONE = new Tags(Map.of());

    public Tags {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Never becomes leader. An explicit {@code nofailover} beats {@code failover_priority}. */
    public boolean nofailover() {
        Object explicit = values.get("nofailover");
        return explicit != null ? isTrue(explicit) : number("failover_priority", 1) <= 0;
    }

    /** Tie-break at equal WAL position; 0 when the member is nofailover. */
    public int failoverPriority() {
        if (nofailover()) {
            return 0;
        }
        return Math.max(1, number("failover_priority", 1));
    }

    /** Never synchronous. An explicit {@code nosync} beats {@code sync_priority}. */
    public boolean nosync() {
        Object explicit = values.get("nosync");
        return explicit != null ? isTrue(explicit) : number("sync_priority", 1) <= 0;
    }

    /** Preference as synchronous standby, higher first; 0 when the member is nosync. */
    public int syncPriority() {
        return nosync() ? 0 : Math.max(1, number("sync_priority", 1));
    }

    public boolean noloadbalance() {
        return isTrue(values.get("noloadbalance"));
    }

    public boolean clonefrom() {
        return isTrue(values.get("clonefrom"));
    }

    public boolean nostream() {
        return isTrue(values.get("nostream"));
    }

    /** The member to cascade from, when set. */
    public Optional<String> replicatefrom() {
        Object value = values.get("replicatefrom");
        return value instanceof String name && !name.isEmpty() ? Optional.of(name) : Optional.empty();
    }

    private int number(String tag, int otherwise) {
        Object value = values.get(tag);
        if (value instanceof Number number) {
            return number.intValue();
        }
        if (value instanceof String text) {
            try {
                return Integer.parseInt(text.trim());
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }
        return otherwise;
    }

    private static boolean isTrue(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return number.longValue() != 0;
        }
        if (value instanceof String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "on", "yes", "1" -> true;
                default -> false;
            };
        }
        return false;
    }
}
