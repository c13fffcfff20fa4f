package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/**
 * In a standby cluster pg_rewind has failed and nobody leads. A leader that comes is copied ({@code ReplaceDiverged}); when none
 * came for a ttl, the server that the cluster follows is: started as it is this member would lead and never stream.
 */
public final class NotRewoundIsReplaced implements Rule {
    @Override
    public String says() {
        return "In a standby cluster pg_rewind has failed here and nobody leads: when nobody has for a ttl, the data makes room for a copy of the server that the cluster follows.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean due = situation.inStandbyCluster()
                && situation.unlocked()
                && situation.hasData()
                && !situation.local().postmasterRuns()
                && situation.memory().rewind() == RewindPhase.FAILED;
        return due ? situation.remote().flatMap(remote -> decide(situation, remote)) : Optional.empty();
    }

    private Optional<Decision> decide(Situation situation, Upstream remote) {
        String why = situation.memory().rewindTrouble().orElse("pg_rewind failed");
        boolean remove = situation.settings().removeOnRewindFailure()
                || situation.settings().removeOnDivergedTimelines();
        String next = "the data directory is " + (remove ? "removed, as configured," : "set aside");
        if (!situation.leaderlessForTtl() || !situation.mayRetry()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Wait(),
                    why + ": another member should lead, and is copied; if none does for a ttl, " + next + " and "
                            + remote.name() + " is copied");
        }
        return Decision.of(
                this,
                situation,
                new Action.SetAside(remove ? Action.Disposal.REMOVE : Action.Disposal.RENAME),
                why + ", and nobody has led for a ttl: " + next + ", then " + remote.name() + " is copied");
    }
}
