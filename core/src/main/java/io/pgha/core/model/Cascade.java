package io.pgha.core.model;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whom the tag {@code replicatefrom} leads to (facts §2.10, §5.7, §5.14), computed in one place so that the member that
 * streams and the one that keeps its slot agree.
 */
public final class Cascade {
    private Cascade() {}

    /**
     * The member that this one streams from because of its tag. Empty when it follows the leader: it names nobody, or
     * itself, or a member that is away or does not say where it listens, or members name each other in a circle, in
     * which none of them would ever get WAL (ours; Patroni leaves the circle as it is).
     *
     * @param name the member that streams
     * @param tags its tags
     */
    public static Optional<Member> upstreamOf(ClusterView view, String name, Tags tags) {
        return named(view, name, tags).filter(upstream -> !leadsBackTo(view, name, upstream));
    }

    private static Optional<Member> named(ClusterView view, String name, Tags tags) {
        return tags.replicatefrom()
                .filter(from -> !from.equals(name))
                .flatMap(view::member)
                .filter(member -> member.connUrl().isPresent());
    }

    private static boolean leadsBackTo(ClusterView view, String name, Member first) {
        Set<String> passed = new HashSet<>();
        Optional<Member> next = Optional.of(first);
        while (next.isPresent() && passed.add(next.get().name())) {
            Member member = next.get();
            if (view.isLedBy(member.name())) {
                return false;
            }
            if (member.name().equals(name)) {
                return true;
            }
            next = named(view, member.name(), member.tags());
        }
        return false;
    }
}
