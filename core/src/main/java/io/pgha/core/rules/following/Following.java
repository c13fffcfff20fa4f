package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.LeaderLock;
import java.util.Optional;

/** A standby follows the leader: nothing is to be done. */
public final class Following implements Rule {
    @Override
    public String says() {
        return "A standby follows the leader: nothing is to be done.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.lockedByAnother()) {
            return Optional.empty();
        }
        String leader = situation.view().leader().map(LeaderLock::holder).orElse("");
        boolean streams = situation.streams();
        String trouble = situation.local().complaint().map(text -> ": " + text).orElse("");
        return Decision.of(
                this,
                situation,
                new Action.Wait(),
                (streams
                                ? "this is a replica, following the leader "
                                : "this is a replica that does not stream, the leader is ")
                        + leader
                        + trouble);
    }
}
