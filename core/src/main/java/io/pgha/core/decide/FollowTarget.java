package io.pgha.core.decide;

import io.pgha.core.model.Cascade;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** Whom a standby replicates from (facts §5.7 "node_to_follow"). */
public final class FollowTarget {
    private FollowTarget() {}

    /** The member to follow; empty when there is none or when this node should not stream. */
    public static Optional<Upstream> of(ClusterView view, HaSettings settings) {
        if (settings.tags().nostream()) {
            return Optional.empty();
        }
        return Cascade.upstreamOf(view, settings.name(), settings.tags())
                .or(view::leaderMember)
                .filter(member -> !member.name().equals(settings.name()))
                .flatMap(Upstream::of);
    }
}
