package io.pgha.core.slots;

import io.pgha.core.model.Cascade;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import io.pgha.core.model.Tags;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Whether what members with logical slots say of the rows that they need passes through a node (facts §2.5). */
public final class LogicalFeed {
    private LogicalFeed() {}

    /** Whether a member that may be promoted streams from this one, straight or through others. */
    public static boolean passes(ClusterView view, String node) {
        return view.members().values().stream()
                .filter(member -> !member.name().equals(node)
                        && !member.tags().nofailover()
                        && !member.tags().nostream())
                .anyMatch(member -> streamsThrough(view, member, node));
    }

    private static boolean streamsThrough(ClusterView view, Member member, String node) {
        Set<String> passed = new HashSet<>();
        Optional<Member> next = upstream(view, member.name(), member.tags());
        while (next.isPresent() && passed.add(next.get().name())) {
            if (next.get().name().equals(node)) {
                return true;
            }
            next = upstream(view, next.get().name(), next.get().tags());
        }
        return false;
    }

    private static Optional<Member> upstream(ClusterView view, String name, Tags tags) {
        return tags.nostream() || view.isLedBy(name) ? Optional.empty() : Cascade.upstreamOf(view, name, tags);
    }
}
