package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** The standby leader is pointed at the other cluster. */
public final class StandbyLeaderFollowsRemote implements Rule {
    @Override
    public String says() {
        return "The standby leader is pointed at the other cluster.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster()
                && situation.lockKeyIsMine()
                && situation.local().runsAsStandby()
                && !situation.followsUpstream()
                && situation.mayRetry();
        return due
                ? Decision.of(
                        this,
                        situation,
                        new Action.Follow(situation.upstream()),
                        "the standby leader should follow "
                                + situation.upstream().map(Upstream::connUrl).orElse("the archive"))
                : Optional.empty();
    }
}
