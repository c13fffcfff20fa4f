package io.pgha.dcs.wire;

import io.pgha.dcs.DcsChange;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the keys of one cluster are (facts §1.2). They are looked up in each cycle, so they are put together once.
 *
 * @param base {@code /namespace/scope}, without duplicate slashes and without one at the end
 * @param prefix what all keys of the cluster start with, with a slash at the end
 * @param legacyOptime the leader's position as peers before 2.1 wrote it; read only when there is no {@code status}
 * @param timeline the highest timeline number that was ever claimed for a promotion (ADR 0008); peers do not know it
 * @param eventsPrefix what the keys of {@link #events(String)} start with
 */
public record KeyLayout(
        String base,
        String prefix,
        String leader,
        String config,
        String initialize,
        String status,
        String legacyOptime,
        String failover,
        String sync,
        String history,
        String failsafe,
        String timeline,
        String eventsPrefix) {
    private static final Pattern SLASHES = Pattern.compile("/+");
    private static final String MEMBERS = "members/";

    private KeyLayout(String base) {
        this(
                base,
                base + "/",
                base + "/leader",
                base + "/config",
                base + "/initialize",
                base + "/status",
                base + "/optime/leader",
                base + "/failover",
                base + "/sync",
                base + "/history",
                base + "/failsafe",
                base + "/pgha/timeline",
                base + "/pgha/events/");
    }

    /** The keys of the cluster {@code scope} in {@code namespace} (default {@code service}). */
    public static KeyLayout of(String namespace, String scope) {
        String collapsed = SLASHES.matcher("/" + namespace + "/" + scope).replaceAll("/");
        return new KeyLayout(collapsed.endsWith("/") ? collapsed.substring(0, collapsed.length() - 1) : collapsed);
    }

    public String member(String name) {
        return prefix + MEMBERS + name;
    }

    /** The last events of a member, kept when it is gone; peers do not know it. */
    public String events(String name) {
        return eventsPrefix + name;
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
        if (key.equals(leader)) {
            return DcsChange.LEADER;
        } else if (key.equals(config)) {
            return DcsChange.CONFIG;
        } else if (key.equals(status) || key.equals(legacyOptime) || key.equals(timeline)) {
            return DcsChange.STATUS;
        } else if (key.equals(failover)) {
            return DcsChange.FAILOVER;
        } else if (key.equals(sync)) {
            return DcsChange.SYNC;
        }
        return memberOf(key).isPresent() ? DcsChange.MEMBERS : other(key);
    }

    /** Nothing that is decided depends on a change of events. */
    private DcsChange other(String key) {
        return key.startsWith(eventsPrefix) ? DcsChange.STATUS : DcsChange.OTHER;
    }

    private boolean isOfTheCluster(String key) {
        return key.startsWith(prefix);
    }
}
