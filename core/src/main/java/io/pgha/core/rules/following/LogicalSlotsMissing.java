package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.decide.SlotCopyQueue;
import io.pgha.core.model.Member;
import io.pgha.core.model.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * A streaming standby without the permanent logical slots copies them from the leader, which needs a restart: one standby
 * after the other, see {@link SlotCopyQueue}.
 */
public final class LogicalSlotsMissing implements Rule {
    @Override
    public String says() {
        return "A streaming standby without the permanent logical slots copies them from the leader, which needs a restart: one standby after the other.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        List<String> missing = SlotCopyQueue.missing(situation);
        return missing.isEmpty()
                ? Optional.empty()
                : SlotCopyQueue.before(situation)
                        .map(turn -> Decision.of(
                                this,
                                turn.memory(),
                                new Action.Wait(),
                                "this standby lacks the logical slots " + String.join(", ", missing) + ": "
                                        + turn.reason()))
                        .orElseGet(() -> copy(situation, missing));
    }

    private Optional<Decision> copy(Situation situation, List<String> missing) {
        return situation
                .leader()
                .filter(Member::claimsPrimary)
                .flatMap(Upstream::of)
                .flatMap(leader -> Decision.of(
                        this,
                        situation,
                        new Action.CopySlots(leader, situation.upstream(), missing),
                        "this standby lacks the logical slots " + String.join(", ", missing) + ": copying them from "
                                + leader.name()));
    }
}
