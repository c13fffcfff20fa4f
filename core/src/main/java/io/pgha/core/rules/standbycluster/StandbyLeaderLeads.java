package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.RewindPhase;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Upstream;
import java.util.Optional;

/** The holder of the lock of a standby cluster follows the other cluster and is not promoted. */
public final class StandbyLeaderLeads implements Rule {
    @Override
    public String says() {
        return "The holder of the lock of a standby cluster follows the other cluster and is not promoted.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.inStandbyCluster()
                        && situation.lockKeyIsMine()
                        && situation.local().runsAsStandby()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "this is the standby leader, with the lock" + how(situation))
                : Optional.empty();
    }

    private static String how(Situation situation) {
        String source = situation.remote().map(Upstream::connUrl).orElse("the archive");
        if (situation.streams()) {
            return ", streaming from " + source;
        }
        if (situation.memory().rewind() == RewindPhase.HIDDEN) {
            return "; it has WAL that " + source
                    + " has lost, which may have been acknowledged there: save what is wanted of it, then this member needs a new copy";
        }
        return situation.memory().rewind() == RewindPhase.NEEDED
                ? "; its history has parted from that of " + source
                        + " and pg_rewind is not possible: it needs a new copy"
                : situation.local().complaint().map(text -> ": " + text).orElse(", not streaming from " + source);
    }
}
