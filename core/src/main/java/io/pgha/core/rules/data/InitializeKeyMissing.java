package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.PostgresState;
import java.util.Optional;

/** There is data and the DCS has no system identifier: it is written. */
public final class InitializeKeyMissing implements Rule {
    @Override
    public String says() {
        return "There is data and the DCS has no system identifier: it is written.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean missing =
                situation.unlocked() && situation.view().systemIdentifier().isEmpty();
        boolean initialising = situation.view().members().values().stream()
                .anyMatch(member -> !member.name().equals(situation.me())
                        && member.state()
                                .filter(state -> state.equals(PostgresState.INITDB.word())
                                        || state.equals(PostgresState.CUSTOM_BOOTSTRAP.word()))
                                .isPresent());
        return missing && !initialising
                ? situation
                        .local()
                        .systemIdentifier()
                        .flatMap(id -> Decision.of(
                                this,
                                situation,
                                new Action.WriteInitialize(id),
                                "the DCS has no system identifier, ours is " + id))
                : Optional.empty();
    }
}
