package io.pgha.core.decide;

import java.util.Optional;

/** One condition and what to do when it holds. Pure: the same situation gives the same decision. */
public interface Rule {
    /** The name that log, REST and history show; never changes once released. */
    default String id() {
        return getClass().getSimpleName();
    }

    /** The rule in one sentence, for the generated page. */
    String says();

    /** The decision, when the rule's condition holds. */
    Optional<Decision> consider(Situation situation);
}
