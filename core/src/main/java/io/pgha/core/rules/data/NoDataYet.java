package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobStatus;
import java.util.Optional;

/** There is no data here and nothing to copy from: the node waits. */
public final class NoDataYet implements Rule {
    @Override
    public String says() {
        return "There is no data here and nothing to copy from: the node waits.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (!situation.local().dataDirectory().takesCopy()) {
            return Optional.empty();
        }
        String reason = !situation.mayRetry()
                ? "the last attempt failed, it is repeated after loop_wait: "
                        + situation
                                .job()
                                .finished()
                                .map(JobStatus.Finished::message)
                                .or(() -> situation.local().complaint())
                                .orElse("see the log")
                : situation.view().initialize().filter(String::isEmpty).isPresent()
                        ? "another member is initialising the cluster"
                        : situation.whyACopy()
                                + (situation.lockedByAnother()
                                        ? ": the leader does not publish where to copy from"
                                        : ": there is no leader to copy from");
        return Decision.of(this, situation, new Action.Wait(), reason);
    }
}
