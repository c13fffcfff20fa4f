package io.pgha.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgha.core.model.JobEnding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of a member to {@code GET /patroni}.
 *
 * @param body the JSON object
 */
public record MemberStatus(JsonNode body) {
    /** The end of the year 9999: what is later was not written by an agent. */
    private static final long LATEST = 253_402_300_799L;

    /** The version on the wire, for example {@code 4.1.4}. */
    public Optional<String> patroniVersion() {
        return text(body.at("/patroni/version"));
    }

    /** pgha's own version; empty for a Patroni member. */
    public Optional<String> pghaVersion() {
        return text(body.at("/pgha/version"));
    }

    /** PostgreSQL's version as people write it, {@code 15.18} or {@code 9.6.24}; empty when it does not run. */
    public Optional<String> serverVersion() {
        int number = body.path("server_version").asInt();
        if (number == 0) {
            return Optional.empty();
        }
        return Optional.of(
                number >= 100_000
                        ? number / 10_000 + "." + number % 10_000
                        : number / 10_000 + "." + number / 100 % 100 + "." + number % 100);
    }

    /** Which layers stop PostgreSQL if the agent cannot, and whether each is armed; empty for a Patroni member. */
    public Map<String, Object> fences() {
        Map<String, Object> fences = new LinkedHashMap<>();
        body.at("/pgha/fence")
                .forEach(layer -> fences.put(
                        layer.path("layer").asText(), layer.path("armed").asBoolean()));
        return fences;
    }

    /** The system identifier of its data; empty when it does not know. */
    public Optional<String> systemIdentifier() {
        return text(body.path("database_system_identifier"));
    }

    /** Why it does what it does, with the rule; empty for a Patroni member. */
    public Optional<String> reason() {
        return text(body.at("/pgha/reason"))
                .map(reason -> reason + " (" + text(body.at("/pgha/rule")).orElse("no rule") + ")");
    }

    /** What keeps it from being well; empty for a Patroni member. */
    public Optional<String> complaint() {
        return text(body.at("/pgha/complaint"));
    }

    /**
     * Whether the consumer of a permanent logical slot could go on with this member.
     *
     * @param ready whether it could
     * @param reason why, for people
     */
    public record Slot(boolean ready, String reason) {}

    /** By slot; empty when the member does not know, or for a Patroni member, or where the cluster has no such slots. */
    public Optional<Map<String, Slot>> logicalSlots() {
        JsonNode slots = body.at("/pgha/slots");
        if (!slots.isObject()) {
            return Optional.empty();
        }
        Map<String, Slot> found = new LinkedHashMap<>();
        slots.properties()
                .forEach(slot -> found.put(
                        slot.getKey(),
                        new Slot(
                                slot.getValue().path("ready").asBoolean(),
                                slot.getValue().path("reason").asText())));
        return Optional.of(found);
    }

    /** What PostgreSQL is, for example {@code primary}; empty text when the answer does not say. */
    public String role() {
        return body.path("role").asText();
    }

    /** Whether a failsafe agreement is in force there. */
    public boolean failsafeIsActive() {
        return body.path("failsafe_mode_is_active").asBoolean();
    }

    /** Whether failsafe mode is configured; empty for a Patroni member. */
    public Optional<Boolean> failsafeIsOn() {
        JsonNode mode = body.at("/pgha/failsafe_mode");
        return mode.isBoolean() ? Optional.of(mode.asBoolean()) : Optional.empty();
    }

    /** When it heard of the DCS last; empty when it never did. */
    public Optional<Instant> dcsLastSeen() {
        long seconds = body.path("dcs_last_seen").asLong();
        return seconds > 0 && seconds < LATEST ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    }

    /** The state of PostgreSQL; empty text when the answer has none. */
    public String state() {
        return body.path("state").asText();
    }

    /** What the Job that copies says of itself, for people; empty when none runs, or for a Patroni member. */
    public Optional<String> copying() {
        JsonNode job = body.at("/pgha/job");
        if (!job.path("kind").asText().equals("reinitialize")) {
            return Optional.empty();
        }
        if (!job.has("bytes_done")) {
            return Optional.of(job.path("progress").asText());
        }
        String total = job.has("bytes_total") ? " of " + megabytes(job.path("bytes_total")) : "";
        String left = job.has("seconds_left") ? ", " + job.path("seconds_left").asLong() + " s left" : "";
        return Optional.of(megabytes(job.path("bytes_done")) + total + " MB" + left);
    }

    /**
     * The last copy that an operator ordered.
     *
     * @param done whether it was made
     * @param words how it ended, for people
     * @param at when, as the member wrote it; tells two apart
     */
    public record Copy(boolean done, String words, String at) {}

    /** What came of the last copy; empty while none was made since the agent started, or for a Patroni member. */
    public Optional<Copy> lastCopy() {
        JsonNode copy = body.at("/pgha/last_jobs/reinitialize");
        return text(copy.path("at")).map(at -> {
            String outcome = copy.path("outcome").asText();
            return new Copy(
                    outcome.equals(JobEnding.DONE.word()),
                    outcome + ", " + copy.path("message").asText(),
                    at);
        });
    }

    private static long megabytes(JsonNode bytes) {
        return bytes.asLong() >> 20;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
