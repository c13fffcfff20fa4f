package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A member of a standby cluster that does not stream compares its history with that of the other cluster, now
 * and then. */
public final class ComparedWithRemoteWhenNotStreaming implements Rule {
    @Override
    public String says() {
        return "A member of a standby cluster that does not stream compares its history with that of the other cluster, now and then.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = (situation.lockRenewed() || situation.lockedByAnother())
                && situation.local().runsAsStandby()
                && situation.followsUpstream()
                && !situation.settings().tags().nostream()
                && !situation.streams()
                && !situation.comparedLately();
        return due
                ? situation
                        .remote()
                        .flatMap(remote -> Decision.of(
                                this,
                                situation.comparedNow(),
                                new Action.CheckDivergence(remote),
                                "not streaming: comparing the history with that of " + remote.name()))
                : Optional.empty();
    }
}
