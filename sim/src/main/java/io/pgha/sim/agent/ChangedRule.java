package io.pgha.sim.agent;

import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule under its own name that decides in another way, or is looked at as it decides.
 *
 * @param rule the one whose name and sentence it has
 * @param decides what counts in place of {@link Rule#consider}
 */
public record ChangedRule(Rule rule, Function<Situation, Optional<Decision>> decides) implements Rule {
    @Override
    public String id() {
        return rule.id();
    }

    @Override
    public String says() {
        return rule.says();
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        return decides.apply(situation);
    }
}
