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
    private static final String LEADER = "leader";
    private static final String CONFIG = "config";
    private static final String STATUS = "status";
    private static final String LEGACY_OPTIME = "optime/leader";
    private static final String FAILOVER = "failover";
    private static final String TIMELINE = "pgha/timeline";

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
        return key(LEADER);
    }

    public String member(String name) {
        return key(MEMBERS + name);
    }

    public String config() {
        return key(CONFIG);
    }

    public String initialize() {
        return key("initialize");
    }

    public String status() {
        return key(STATUS);
    }

    /** The leader's position as peers before 2.1 wrote it; read only when there is no {@link #status}. */
    public String legacyOptime() {
        return key(LEGACY_OPTIME);
    }

    public String failover() {
        return key(FAILOVER);
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
        return key(TIMELINE);
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
        int start = base.length() + 1 + MEMBERS.length();
        if (key.length() <= start || !isOfTheCluster(key) || !key.startsWith(MEMBERS, base.length() + 1)) {
            return Optional.empty();
        }
        String name = key.substring(start);
        return name.indexOf('/') < 0 ? Optional.of(name) : Optional.empty();
    }

    /** What it means for the cluster that this key changed. */
    public DcsChange changeOf(String key) {
        if (!isOfTheCluster(key)) {
            return DcsChange.OTHER;
        }
        return switch (key.substring(base.length() + 1)) {
            case LEADER -> DcsChange.LEADER;
            case CONFIG -> DcsChange.CONFIG;
            case STATUS, LEGACY_OPTIME, TIMELINE -> DcsChange.STATUS;
            case FAILOVER -> DcsChange.FAILOVER;
            default -> memberOf(key).isPresent() ? DcsChange.MEMBERS : other(key);
        };
    }

    /** Nothing that is decided depends on a change of events. */
    private DcsChange other(String key) {
        return key.startsWith(eventsPrefix()) ? DcsChange.STATUS : DcsChange.OTHER;
    }

    private boolean isOfTheCluster(String key) {
        return key.length() > base.length() && key.charAt(base.length()) == '/' && key.startsWith(base);
    }

    private String key(String relative) {
        return base + "/" + relative;
    }
}
