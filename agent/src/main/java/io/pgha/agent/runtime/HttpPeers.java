package io.pgha.agent.runtime;

import io.pgha.agent.port.Peers;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PeerAnswer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Peers over HTTP. A client lives for one question: the next one comes in hours or weeks, and until then its threads would
 * only cost memory.
 *
 * <p>A peer may be hostile: the time for all of them together is bounded, and so is a body; redirects are not followed.
 */
final class HttpPeers implements Peers {
    private static final Duration STATUS_LIMIT = Duration.ofSeconds(2);
    private static final Duration LIVENESS_LIMIT = Duration.ofSeconds(3);
    private static final int MAX_BODY = 64 * 1024;

    private final Supplier<Optional<SSLContext>> tls;
    private final Supplier<Optional<String>> authorization;

    /**
     * @param tls context for https, asked for anew because certificates are renewed; empty when it cannot be built, which
     *     leaves Java's own
     */
    HttpPeers(Supplier<Optional<SSLContext>> tls) {
        this(tls, Optional::empty);
    }

    /** @param authorization the header for requests that are not open to all */
    HttpPeers(Supplier<Optional<SSLContext>> tls, Supplier<Optional<String>> authorization) {
        this.tls = tls;
        this.authorization = authorization;
    }

    @Override
    public List<PeerAnswer> ask(Collection<Member> members) {
        if (members.isEmpty()) {
            return List.of();
        }
        long deadline = System.nanoTime() + STATUS_LIMIT.toNanos();
        return withClient(members, STATUS_LIMIT, client -> {
            // All are asked before the first answer is waited for.
            List<Asked> asked =
                    members.stream().map(member -> ask(client, member)).toList();
            return asked.stream().map(one -> collect(one, deadline)).toList();
        });
    }

    @Override
    public List<FailsafeAnswer> failsafe(FailsafePing ping, Map<String, String> members, Duration limit) {
        if (members.isEmpty()) {
            return List.of();
        }
        byte[] body = FailsafeWire.body(ping);
        List<Member> asked = members.entrySet().stream()
                .map(entry -> new MemberBuilder(entry.getKey())
                        .apiUrl(entry.getValue())
                        .build())
                .toList();
        return withClient(
                asked,
                limit,
                client -> FailsafeWire.ask(new FailsafeWire.Line(client, authorization.get()), asked, body, limit));
    }

    @Override
    public boolean answersLiveness(Member member) {
        Optional<URI> url = member.apiUrl().flatMap(HttpPeers::checked).map(api -> api.resolve("/liveness"));
        return url.filter(uri -> withClient(List.of(member), LIVENESS_LIMIT, client -> answers(client, uri)))
                .isPresent();
    }

    /**
     * @param name of the member
     * @param response empty when its URL cannot be asked
     */
    private record Asked(String name, Optional<CompletableFuture<HttpResponse<byte[]>>> response) {}

    private static Asked ask(HttpClient client, Member member) {
        return new Asked(
                member.name(),
                member.apiUrl().flatMap(HttpPeers::checked).map(url -> send(client, request(url, STATUS_LIMIT))));
    }

    private static PeerAnswer collect(Asked asked, long deadline) {
        if (asked.response().isEmpty()) {
            return PeerAnswer.unreachable(asked.name(), "it published no http(s) api_url");
        }
        CompletableFuture<HttpResponse<byte[]>> response = asked.response().get();
        try {
            long left = Math.max(0, deadline - System.nanoTime());
            return PeerStatus.parse(
                    asked.name(), response.get(left, TimeUnit.NANOSECONDS).body());
        } catch (TimeoutException e) {
            return PeerAnswer.unreachable(asked.name(), "no answer within " + STATUS_LIMIT.toSeconds() + " s");
        } catch (ExecutionException e) {
            return PeerAnswer.unreachable(asked.name(), problem(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return PeerAnswer.unreachable(asked.name(), "interrupted");
        } finally {
            // Ends the exchange where it has not ended: a peer that sends a byte a second holds nothing of ours.
            response.cancel(true);
        }
    }

    private static String problem(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static boolean answers(HttpClient client, URI url) {
        CompletableFuture<HttpResponse<byte[]>> response = send(client, request(url, LIVENESS_LIMIT));
        try {
            response.get(LIVENESS_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            response.cancel(true);
        }
    }

    private static CompletableFuture<HttpResponse<byte[]>> send(HttpClient client, HttpRequest request) {
        return client.sendAsync(request, info -> new BoundedBody(MAX_BODY));
    }

    private static HttpRequest request(URI url, Duration limit) {
        return HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("User-Agent", "pgha")
                .GET()
                .build();
    }

    /** An absolute http or https URL with a host, as a member key may claim to have. */
    static Optional<URI> checked(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private <T> T withClient(Collection<Member> members, Duration limit, Question<T> question) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> DaemonThread.of("peers", DaemonThread.WORK_STACK, work));
        try {
            HttpClient.Builder client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limit)
                    .executor(threads);
            if (members.stream()
                    .anyMatch(
                            member -> member.apiUrl().filter(HttpPeers::isHttps).isPresent())) {
                tls.get().ifPresent(client::sslContext);
            }
            return question.ask(client.build());
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isHttps(String url) {
        return url.regionMatches(true, 0, "https:", 0, 6);
    }

    private interface Question<T> {
        T ask(HttpClient client);
    }
}
