package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/**
 * A running standby is pointed at the member that it should replicate from. A leader whose member key is missing has no
 * address: after an outage of the DCS its key comes back a moment later than its lock, and who stopped streaming then would
 * hold up synchronous commits for nothing.
 */
public final class FollowNewUpstream implements Rule {
    @Override
    public String says() {
        return "A running standby is pointed at the member that it should replicate from.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.lockedByAnother()
                        && situation.local().runsAsStandby()
                        && !situation.followsUpstream()
                        && (situation.upstream().isPresent()
                                || situation.settings().tags().nostream())
                        && situation.mayRetry()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Follow(situation.upstream()),
                        "this node should follow "
                                + situation.upstream().map(Upstream::name).orElse("nobody"))
                : Optional.empty();
    }
}
