package io.pgha.agent.runtime;

import io.pgha.core.model.FailoverRequest;
import io.pgha.core.time.ScheduleText;
import io.pgha.restapi.CommandAnswer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the body of {@code POST /switchover} or {@code POST /failover} asks for, once it makes sense by itself (facts §3.8).
 *
 * @param kind a failover that names a leader is a switchover
 * @param leader who is to hand over
 * @param candidate who is to take over
 * @param at when; empty: now
 */
record HandoverOrder(Kind kind, Optional<String> leader, Optional<String> candidate, Optional<OffsetDateTime> at) {
    private static final List<String> FIELDS = List.of("leader", "candidate", "member", "scheduled_at");

    /** With a leader to be demoted, or without. */
    enum Kind {
        SWITCHOVER("Switchover", "Switched", "switched"),
        FAILOVER("Failover", "Failed", "failed");

        private final String noun;
        private final String sentence;
        private final String verb;

        Kind(String noun, String sentence, String verb) {
            this.noun = noun;
            this.sentence = sentence;
            this.verb = verb;
        }

        /** {@code Switchover}. */
        String noun() {
            return noun;
        }

        /** {@code Switched}. */
        String sentence() {
            return sentence;
        }

        /** {@code switched}. */
        String verb() {
            return verb;
        }
    }

    /** An order, or the answer that refuses it. */
    sealed interface Parsed {}

    /** It makes sense. */
    record Sound(HandoverOrder order) implements Parsed {}

    /** It does not. */
    record Flawed(CommandAnswer answer) implements Parsed {}

    /**
     * Checks 1 to 6 of facts §3.8, in that order.
     *
     * @param asked by the path
     * @param paused whether the cluster is in pause
     * @param now wall clock
     */
    static Parsed parse(Kind asked, Map<String, Object> body, boolean paused, Instant now) {
        Optional<String> mistyped = FIELDS.stream()
                .filter(name -> body.get(name) != null && !(body.get(name) instanceof String))
                .findFirst();
        if (mistyped.isPresent()) {
            // Taken for absent, it would be carried out at once, or with another candidate than was meant.
            return flawed(400, mistyped.get() + " must be a string");
        }
        Optional<String> leader = text(body, "leader");
        Optional<String> candidate = text(body, "candidate").or(() -> text(body, "member"));
        Optional<String> schedule = text(body, "scheduled_at");
        if (asked == Kind.FAILOVER && candidate.isEmpty()) {
            return flawed(400, "Failover could be performed only to a specific candidate");
        }
        if (asked == Kind.SWITCHOVER && leader.isEmpty()) {
            return flawed(400, "Switchover could be performed only from a specific leader");
        }
        if (schedule.isPresent() && asked == Kind.FAILOVER) {
            return flawed(400, "Failover can't be scheduled");
        }
        if (schedule.isPresent() && paused) {
            return flawed(400, "Can't schedule switchover in the paused state");
        }
        Optional<ScheduleText> written = schedule.flatMap(ScheduleText::parse);
        if (schedule.isPresent() && written.isEmpty()) {
            return flawed(
                    422, "Unable to parse scheduled timestamp. It should be in an unambiguous format, e.g. ISO 8601");
        }
        if (written.isPresent() && written.get().zone().isEmpty()) {
            return flawed(400, "Timezone information is mandatory for the scheduled switchover");
        }
        Optional<OffsetDateTime> at = written.flatMap(time -> time.zone().map(time.local()::atOffset));
        if (at.filter(time -> !time.toInstant().isAfter(now)).isPresent()) {
            return flawed(422, "Cannot schedule switchover in the past");
        }
        if (paused && candidate.isEmpty()) {
            return flawed(400, "Switchover is possible only to a specific candidate in a paused state");
        }
        if (leader.isPresent() && leader.equals(candidate)) {
            return flawed(400, "Switchover target and source are the same");
        }
        return new Sound(
                new HandoverOrder(leader.isPresent() ? Kind.SWITCHOVER : Kind.FAILOVER, leader, candidate, at));
    }

    /** The key {@code failover}. */
    FailoverRequest request() {
        return new FailoverRequest(leader, candidate, at.map(ScheduleText::write), 0);
    }

    private static Parsed flawed(int status, String line) {
        return new Flawed(CommandAnswer.text(status, line));
    }

    /** An empty text counts as not given, as null does. */
    private static Optional<String> text(Map<String, Object> body, String name) {
        return body.get(name) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }
}
