package io.pgha.core.decide;

import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Can I prove that I am the only one? The answer that takes the place of the lock's renewal while the DCS is silent, for
 * whatever reason it is (facts §5.15, ADR 0012): only where every other member that the key {@code failsafe} names has
 * promised not to lead. One that is missing, or one that was not asked, spoils it.
 *
 * @param askedAt the monotonic clock before the first was asked
 * @param members all names in the key, as far as this node knows or may have written it
 * @param answers one for each that was asked
 */
public record FailsafeRound(MonotonicTime askedAt, Set<String> members, List<FailsafeAnswer> answers) {
    public FailsafeRound {
        members = Collections.unmodifiableSet(new TreeSet<>(members));
        answers = List.copyOf(answers);
    }

    /** Whether it is proven. */
    public boolean proves(String me) {
        return objection(me).isEmpty();
    }

    /** What speaks against it. */
    public Optional<String> objection(String me) {
        if (!members.contains(me)) {
            return Optional.of("the key failsafe does not name this member");
        }
        Set<String> accepted = answers.stream()
                .filter(FailsafeAnswer::accepted)
                .map(FailsafeAnswer::name)
                .collect(Collectors.toSet());
        return members.stream()
                .filter(name -> !name.equals(me) && !accepted.contains(name))
                .sorted()
                .findFirst()
                .map(name -> name + ": " + problem(name));
    }

    private String problem(String name) {
        return answers.stream()
                .filter(answer -> answer.name().equals(name))
                .flatMap(answer -> answer.problem().stream())
                .findFirst()
                .orElse("it was not asked");
    }

    /** How long the proof is good for, from {@link #askedAt}: never longer than anybody promised. */
    public Duration validFor(Duration ttl) {
        return answers.stream()
                .flatMap(answer -> answer.promise().stream())
                .filter(promise -> promise.compareTo(ttl) < 0)
                .min(Duration::compareTo)
                .orElse(ttl);
    }
}
