package io.pgha.ctl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer of a member to {@code GET /patroni}.
 *
 * @param body the JSON object
 */
public record MemberStatus(JsonNode body) {
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

    /** Why it does what it does, with the rule; empty for a Patroni member. */
    public Optional<String> reason() {
        return text(body.at("/pgha/reason"))
                .map(reason -> reason + " (" + text(body.at("/pgha/rule")).orElse("no rule") + ")");
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
