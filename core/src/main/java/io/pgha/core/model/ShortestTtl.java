package io.pgha.core.model;

import java.util.OptionalLong;

/**
 * The shortest {@code ttl} that a member obeys, as it tells in its member key. One of Patroni tells nothing: it raises a
 * shorter one than 20 s (facts §2.2), and all members have to mean the same by the time of a lock.
 */
public final class ShortestTtl {
    /** Our own part of a member key; Patroni's members do not read it. */
    public static final String OURS = "pgha";

    /** The field in it, in seconds. */
    public static final String FIELD = "least_ttl";

    private ShortestTtl() {}

    /** In seconds; empty for a member of Patroni, and for what is no number. */
    public static OptionalLong of(Member member) {
        return member.ours(FIELD)
                .filter(Number.class::isInstance)
                .map(seconds -> OptionalLong.of(((Number) seconds).longValue()))
                .orElse(OptionalLong.empty());
    }

    /** Whether another member that is there may not obey every ttl from that one on. */
    public static boolean isTooShortForOne(ClusterView view, String me, long seconds) {
        return view.members().values().stream()
                .filter(member -> !member.name().equals(me))
                .map(ShortestTtl::of)
                .anyMatch(least -> least.isEmpty() || least.getAsLong() > seconds);
    }

    /**
     * Whether such a member may still be there unseen: whoever the key failsafe names and whose member key is gone may be a
     * leader that counts on promises for the ttl that it knows.
     */
    public static boolean someAreMissing(ClusterView view, String me) {
        return view.failsafe().keySet().stream()
                .anyMatch(name -> !name.equals(me) && !view.members().containsKey(name));
    }
}
