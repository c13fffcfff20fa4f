package io.pgha.core.rules.following;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Handover;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.SlotPlanner;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A streaming standby without the permanent logical slots copies them from the leader, which needs a restart: one standby
 * after the other, so that not all who read from standbys are cut off at once (ours; Patroni's restart together).
 *
 * <p>The standbys agree on nothing for that. Each counts those that stream and come before it by name, and gives each of
 * them the time to notice and to show that it restarts; then it waits for whoever does.
 */
public final class LogicalSlotsMissing implements Rule {
    @Override
    public String says() {
        return "A streaming standby without the permanent logical slots copies them from the leader, which needs a restart: one standby after the other.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<ServerStatus> streaming = situation.local().server().filter(ServerStatus::isStreaming);
        // Somebody who asked for a switchover does not want the candidate to be away now.
        boolean calm = situation.lockedByAnother()
                && situation.local().runsAsStandby()
                && situation.mayRetry()
                && situation
                        .memory()
                        .noSlotCopyUntil()
                        .filter(situation.now()::isBefore)
                        .isEmpty()
                && situation.view().leader().filter(LeaderLock::isAssumed).isEmpty()
                && Handover.due(situation).isEmpty();
        if (streaming.isEmpty()
                || !calm
                || situation.settings().permanentSlots().isEmpty()) {
            return Optional.empty();
        }
        List<String> missing =
                new SlotPlanner(situation.view(), situation.settings(), streaming.get(), Set.of()).toCopy();
        return missing.isEmpty()
                ? Optional.empty()
                : SlotCopyTurn.before(situation)
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
