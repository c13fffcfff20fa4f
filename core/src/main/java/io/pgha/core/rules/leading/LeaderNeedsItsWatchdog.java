package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A watchdog device is required and cannot be used: this member stops being leader (facts §5.10, §5.20). */
public final class LeaderNeedsItsWatchdog implements Rule {
    @Override
    public String says() {
        return "A watchdog device is required and cannot be used: this member stops being leader.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<String> missing = situation.orders().missingFence();
        if (!situation.lockKeyIsMine() || missing.isEmpty()) {
            return Optional.empty();
        }
        if (situation.mayTakeWrites()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.Demote(Action.Parting.HURRIED),
                    "a watchdog device is required: " + missing.get());
        }
        return situation.local().runsAsStandby()
                ? Decision.of(
                        this,
                        situation,
                        new Action.ReleaseLock(Optional.empty()),
                        "a watchdog device is required, another member should lead: " + missing.get())
                : Optional.empty();
    }
}
