package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Member;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** A standby that does not stream compares its history with the leader's, once for each leader and timeline and
 * then now and then. */
public final class CompareWhenNotStreaming implements Rule {
    @Override
    public String says() {
        return "A standby that does not stream compares its history with the leader's, once for each leader and timeline and then now and then.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.lockedByAnother()
                && situation.local().runsAsStandby()
                && !situation.streams()
                && !situation.comparedLately()
                && situation.leader().filter(Member::claimsPrimary).isPresent();
        return due
                ? situation
                        .leader()
                        .flatMap(Upstream::of)
                        .flatMap(leader -> Decision.of(
                                this,
                                situation.comparedNow(),
                                new Action.CheckDivergence(leader),
                                "not streaming: comparing the history with that of " + leader.name()))
                : Optional.empty();
    }
}
