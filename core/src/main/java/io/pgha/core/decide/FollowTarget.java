package io.pgha.core.decide;

import io.pgha.core.model.Cascade;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.StandbySource;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** Whom a standby replicates from (facts §5.7 "node_to_follow"). */
public final class FollowTarget {
    private FollowTarget() {}

    /** The member, or in a standby cluster the server outside, to follow; empty when there is none or when this node should not stream. */
    public static Optional<Upstream> of(ClusterView view, HaSettings settings) {
        if (settings.tags().nostream()) {
            return Optional.empty();
        }
        boolean followsRemote = view.isUnlocked() || view.isLedBy(settings.name());
        if (settings.standbyCluster().isPresent() && followsRemote) {
            return settings.standbyCluster().flatMap(StandbySource::remote);
        }
        return Cascade.upstreamOf(view, settings.name(), settings.tags())
                .or(view::leaderMember)
                .filter(member -> !member.name().equals(settings.name()))
                .flatMap(Upstream::of);
    }
}
