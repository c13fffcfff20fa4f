package io.pgha.core.rules.outage;

import io.pgha.core.action.Action;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.LockRenewal;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;

/** The DCS does not answer a primary and failsafe_mode is on: all members are asked to promise that they will not lead. */
public final class PrimaryAsksToGoOn implements Rule {
    @Override
    public String says() {
        return "The DCS does not answer a primary and failsafe_mode is on: all members are asked to promise that they will not lead.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation.settings().failsafeMode() && isSilent(situation) && mayGoOn(situation)
                ? Decision.of(
                        this,
                        situation,
                        new Action.AskFailsafe(),
                        "the DCS does not answer: asking all members whether this primary may go on")
                : Optional.empty();
    }

    /** Whatever is wrong with the DCS; but not when it has said no. */
    private static boolean isSilent(Situation situation) {
        return situation.dcsSeen() ? situation.renewal() instanceof LockRenewal.Uncertain : situation.renewalUntried();
    }

    /** Only what was proven without a gap is prolonged: after one another member may have led and gone again. */
    private static boolean mayGoOn(Situation situation) {
        return situation.mayTakeWrites()
                && situation.lockValidUntil().filter(situation.now()::isBefore).isPresent()
                && situation.memory().bootstrap() == BootstrapPhase.NONE
                && !situation.orders().shutDown()
                && !situation.job().isRunning(JobKind.DEMOTE)
                && !situation.job().isRunning(JobKind.SHUTDOWN);
    }
}
