package io.pgha.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that changed, or was to change something: a decision of the loop, an order of an operator, a start or an end.
 *
 * @param number counts up from 1 for each member; 0 while it has none yet
 * @param at wall time of the decision
 * @param member whose event it is
 * @param actor who had it done
 * @param rule id of the rule that decided; for orders {@code operator-command}
 * @param reason why, in one sentence
 * @param action what was done, for example {@code Promote} or {@code POST /switchover}
 * @param outcome what came of it; empty while it is not known
 * @param phases how long its parts took, in order
 * @param candidates for an election: everybody who was considered
 * @param times how often in a row
 */
public record Event(
        long number,
        Instant at,
        String member,
        Actor actor,
        String rule,
        String reason,
        String action,
        Optional<String> outcome,
        List<Phase> phases,
        List<Candidacy> candidates,
        long times) {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_TEXT = 600;
    private static final int MOST_CANDIDATES = 30;

    public Event {
        member = Shorten.to(LONGEST_NAME, member);
        rule = Shorten.to(LONGEST_NAME, rule);
        action = Shorten.to(LONGEST_NAME, action);
        reason = Shorten.to(LONGEST_TEXT, reason);
        outcome = outcome.filter(text -> !text.isEmpty()).map(text -> Shorten.to(LONGEST_TEXT, text));
        phases = List.copyOf(phases);
        candidates = candidates.stream().limit(MOST_CANDIDATES).toList();
    }

    /** One that has just happened; whoever keeps it knows the member and the number. */
    public static Event of(Instant at, Actor actor, String rule, String reason, String action) {
        return new Event(0, at, "", actor, rule, reason, action, Optional.empty(), List.of(), List.of(), 1);
    }

    /** The same as this member's number so and so. */
    public Event keptAs(String keeper, long newNumber) {
        return new Event(newNumber, at, keeper, actor, rule, reason, action, outcome, phases, candidates, times);
    }

    /** The same with a further phase. */
    public Event with(Phase phase) {
        List<Phase> more = new ArrayList<>(phases);
        more.add(phase);
        return new Event(number, at, member, actor, rule, reason, action, outcome, more, candidates, times);
    }

    /** The same with what came of it. */
    public Event endedWith(String newOutcome) {
        return new Event(
                number, at, member, actor, rule, reason, action, Optional.of(newOutcome), phases, candidates, times);
    }

    /** The same with those who stood for election. */
    public Event among(List<Candidacy> newCandidates) {
        return new Event(number, at, member, actor, rule, reason, action, outcome, phases, newCandidates, times);
    }

    /** This one in place of one that it repeats. */
    public Event after(Event earlier) {
        return new Event(
                earlier.number,
                at,
                earlier.member,
                actor,
                rule,
                reason,
                action,
                outcome,
                phases,
                candidates,
                earlier.times + 1);
    }

    /** How long all of the work took. */
    public Duration took() {
        return phases.stream()
                .filter(phase -> !phase.name().equals(Phase.LEADERLESS))
                .map(Phase::took)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether this tells what that one told: the same was done for the same reason, or waited for by the same rule. */
    public boolean repeats(Event other) {
        return actor.kind() == Actor.Kind.LOOP
                && actor.equals(other.actor)
                && rule.equals(other.rule)
                && action.equals(other.action)
                && (action.equals("Wait") || reason.equals(other.reason));
    }
}
