package io.pgha.dcs.wire;

import io.pgha.dcs.DcsChange;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the keys of one cluster are (facts §1.2).
 *
 * @param base {@code /namespace/scope}, without duplicate slashes and without one at the end
 */
public record KeyLayout(String base) {
    private static final Pattern SLASHES = Pattern.compile("/+");
    private static final String MEMBERS = "members/";
    private static final String EVENTS = "pgha/events/";

    /** The keys of the cluster {@code scope} in {@code namespace} (default {@code service}). */
    public static KeyLayout of(String namespace, String scope) {
        String collapsed = SLASHES.matcher("/" + namespace + "/" + scope).replaceAll("/");
        return new KeyLayout(collapsed.endsWith("/") ? collapsed.substring(0, collapsed.length() - 1) : collapsed);
    }

    /** What all keys of the cluster start with, with a slash at the end. */
    public String prefix() {
        return base + "/";
    }

    public String leader() {
        return key("leader");
    }

    public String member(String name) {
        return key(MEMBERS + name);
    }

    public String config() {
        return key("config");
    }

    public String initialize() {
        return key("initialize");
    }

    public String status() {
        return key("status");
    }

    /** The leader's position as peers before 2.1 wrote it; read only when there is no {@link #status}. */
    public String legacyOptime() {
        return key("optime/leader");
    }

    public String failover() {
        return key("failover");
    }

    public String sync() {
        return key("sync");
    }

    public String history() {
        return key("history");
    }

    public String failsafe() {
        return key("failsafe");
    }

    /** The highest timeline number that was ever claimed for a promotion (ADR 0008); peers do not know it. */
    public String timeline() {
        return key("pgha/timeline");
    }

    /** The last events of a member, kept when it is gone; peers do not know it. */
    public String events(String name) {
        return key(EVENTS + name);
    }

    /** What the keys of {@link #events} start with. */
    public String eventsPrefix() {
        return key(EVENTS);
    }

    /** The name of the member that the key belongs to; empty for keys that are no member's. */
    public Optional<String> memberOf(String key) {
        String start = key(MEMBERS);
        if (!key.startsWith(start) || key.length() == start.length()) {
            return Optional.empty();
        }
        String name = key.substring(start.length());
        return name.indexOf('/') < 0 ? Optional.of(name) : Optional.empty();
    }

    /** What it means for the cluster that this key changed. */
    public DcsChange changeOf(String key) {
        if (key.equals(leader())) {
            return DcsChange.LEADER;
        } else if (key.equals(config())) {
            return DcsChange.CONFIG;
        } else if (key.equals(status()) || key.equals(legacyOptime()) || isOurs(key)) {
            return DcsChange.STATUS;
        } else if (key.equals(failover())) {
            return DcsChange.FAILOVER;
        }
        return memberOf(key).isPresent() ? DcsChange.MEMBERS : DcsChange.OTHER;
    }

    /** Nothing that is decided depends on a change there. */
    private boolean isOurs(String key) {
        return key.equals(timeline()) || key.startsWith(eventsPrefix());
    }

    private String key(String relative) {
        return base + "/" + relative;
    }
}
