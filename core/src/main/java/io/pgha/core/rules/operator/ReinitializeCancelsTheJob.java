package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.ReinitializeOrder;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A new copy was ordered by force while another Job runs: the Job is cancelled, unless it stops or makes a primary. */
public final class ReinitializeCancelsTheJob implements Rule {
    private static final Set<JobKind> NOT_TO_BE_BROKEN_OFF =
            EnumSet.of(JobKind.DEMOTE, JobKind.SHUTDOWN, JobKind.PROMOTE, JobKind.BOOTSTRAP, JobKind.POST_BOOTSTRAP);

    @Override
    public String says() {
        return "A new copy was ordered by force while another Job runs: the Job is cancelled, unless it stops or makes a primary.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<ReinitializeOrder> order =
                situation.orders().operator().reinitialize().filter(ReinitializeOrder::force);
        Optional<JobStatus.Running> job =
                situation.job().running().filter(running -> !NOT_TO_BE_BROKEN_OFF.contains(running.kind()));
        return order.isPresent() && situation.lockedByAnother() && !situation.usurps()
                ? job.flatMap(running -> Decision.of(
                        this,
                        situation,
                        new Action.CancelJob(),
                        "a new copy was ordered by force: cancelling "
                                + running.kind().words()))
                : Optional.empty();
    }
}
