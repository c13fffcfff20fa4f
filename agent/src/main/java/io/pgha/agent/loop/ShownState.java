package io.pgha.agent.loop;

import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.PostgresState;

/** The state that others are told (facts §1.4): an ordered restart or new copy is shown as such in all its steps. */
final class ShownState {
    private ShownState() {}

    static PostgresState of(Situation situation) {
        PostgresState state = situation.local().state();
        if (situation.job().isRunning(JobKind.REINITIALIZE)) {
            return PostgresState.CREATING_REPLICA;
        }
        boolean restarts =
                situation.job().isRunning(JobKind.RESTART) || situation.job().isRunning(JobKind.COPY_SLOTS);
        return restarts && state != PostgresState.RUNNING ? PostgresState.RESTARTING : state;
    }
}
