package io.pgha.core.decide;

import io.pgha.core.action.Action;
import java.util.Optional;

/**
 * What is to be done, and why.
 *
 * @param rule id of the rule that matched
 * @param reason one English sentence with the facts of this case
 * @param action what to do
 * @param memory what to remember
 */
public record Decision(String rule, String reason, Action action, Memory memory) {
    /** A decision that leaves the memory as it is. */
    public static Optional<Decision> of(Rule rule, Situation situation, Action action, String reason) {
        return of(rule, situation.memory(), action, reason);
    }

    /** A decision that changes the memory. */
    public static Optional<Decision> of(Rule rule, Memory memory, Action action, String reason) {
        return Optional.of(new Decision(rule.id(), reason, action, memory));
    }
}
