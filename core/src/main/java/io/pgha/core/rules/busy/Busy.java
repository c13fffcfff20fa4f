package io.pgha.core.rules.busy;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;

/** A Job runs: nothing else is done. */
public final class Busy implements Rule {
    @Override
    public String says() {
        return "A Job runs: nothing else is done.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return situation
                .job()
                .running()
                .flatMap(job -> Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        job.kind().words() + (job.progress().isEmpty() ? "" : ": " + job.progress())));
    }
}
