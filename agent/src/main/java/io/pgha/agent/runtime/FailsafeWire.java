package io.pgha.agent.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code POST /failsafe} as it goes over the wire (facts §3.8), and the questions to all members at once. */
final class FailsafeWire {
    /** How long a member of pgha will not lead, in milliseconds; Patroni does not say. */
    static final String PROMISE = "pgha-promise-ms";

    private static final Duration ONE_CALL = Duration.ofSeconds(2);
    private static final int LARGEST_ANSWER = 4096;
    private static final ObjectMapper JSON = new ObjectMapper();

    private FailsafeWire() {}

    /**
     * A client, and what it shows of itself.
     *
     * @param authorization the header
     */
    record Line(HttpClient client, Optional<String> authorization) {}

    static byte[] body(FailsafePing ping) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", ping.name());
        ping.connUrl().ifPresent(url -> body.put("conn_url", url));
        ping.apiUrl().ifPresent(url -> body.put("api_url", url));
        Map<String, Long> slots = new TreeMap<>();
        ping.slots().forEach((slot, lsn) -> slots.put(slot, lsn.bytes()));
        body.put("slots", slots);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are always JSON", e);
        }
    }

    /** The body of a request; empty when it does not say who asks. */
    static Optional<FailsafePing> parse(Map<String, Object> body) {
        Map<String, Lsn> slots = new TreeMap<>();
        if (body.get("slots") instanceof Map<?, ?> given) {
            given.forEach((slot, lsn) -> {
                if (lsn instanceof Number number && number.longValue() >= 0) {
                    slots.put(String.valueOf(slot), new Lsn(number.longValue()));
                }
            });
        }
        return text(body, "name")
                .map(name -> new FailsafePing(name, text(body, "conn_url"), text(body, "api_url"), slots));
    }

    private static Optional<String> text(Map<String, Object> body, String key) {
        return body.get(key) instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Asks all at once, and those that could not be heard a second time. */
    static List<FailsafeAnswer> ask(Line line, List<Member> members, byte[] body, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        Map<String, CompletableFuture<FailsafeAnswer>> asked = new LinkedHashMap<>();
        for (Member member : members) {
            asked.put(member.name(), once(line, member, body, limit).thenCompose(answer -> {
                boolean again = answer.isEmpty() && System.nanoTime() < end;
                return again
                        ? once(line, member, body, limit).thenApply(second -> second.orElseGet(() -> unheard(member)))
                        : CompletableFuture.completedFuture(answer.orElseGet(() -> unheard(member)));
            }));
        }
        return asked.entrySet().stream()
                .map(one -> await(one.getKey(), one.getValue(), end))
                .toList();
    }

    private static FailsafeAnswer unheard(Member member) {
        return FailsafeAnswer.refused(member.name(), "it does not answer");
    }

    /** One question; empty when there was no answer at all. */
    private static CompletableFuture<Optional<FailsafeAnswer>> once(
            Line line, Member member, byte[] body, Duration limit) {
        Optional<URI> url = member.apiUrl().flatMap(HttpPeers::checked).map(api -> api.resolve("/failsafe"));
        if (url.isEmpty()) {
            return CompletableFuture.completedFuture(
                    Optional.of(FailsafeAnswer.refused(member.name(), "it has no http(s) api_url")));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(url.get())
                .timeout(limit.compareTo(ONE_CALL) < 0 ? limit : ONE_CALL)
                .header("User-Agent", "pgha")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        line.authorization().ifPresent(value -> request.header("Authorization", value));
        return line.client()
                .sendAsync(request.build(), info -> new BoundedBody(LARGEST_ANSWER))
                .handle((response, trouble) ->
                        trouble == null ? Optional.of(answer(member.name(), response)) : Optional.empty());
    }

    private static FailsafeAnswer answer(String name, HttpResponse<byte[]> response) {
        String text = new String(response.body(), UTF_8).strip();
        return response.statusCode() == 200 && text.equals("Accepted")
                ? FailsafeAnswer.accepted(
                        name, response.headers().firstValue(PROMISE).flatMap(FailsafeWire::millis))
                : FailsafeAnswer.refused(
                        name,
                        "it answers " + response.statusCode() + " "
                                + text.lines().findFirst().orElse(""));
    }

    /** A promise that cannot be read is none. */
    private static Optional<Duration> millis(String text) {
        try {
            return Optional.of(Duration.ofMillis(Math.max(0, Long.parseLong(text))));
        } catch (NumberFormatException e) {
            return Optional.of(Duration.ZERO);
        }
    }

    private static FailsafeAnswer await(String name, CompletableFuture<FailsafeAnswer> answer, long end) {
        try {
            return answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return FailsafeAnswer.refused(name, "no answer in time");
        } catch (ExecutionException e) {
            return FailsafeAnswer.refused(name, "no usable answer: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FailsafeAnswer.refused(name, "interrupted");
        } finally {
            answer.cancel(true);
        }
    }
}
