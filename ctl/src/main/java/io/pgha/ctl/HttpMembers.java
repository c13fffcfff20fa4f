package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.config.CtlConfig;
import io.pgha.config.EtcdConfig;
import io.pgha.core.model.Member;
import io.pgha.tls.ClientContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks members through Java's HTTP client, all at once. */
final class HttpMembers implements MemberClient {
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final String OPERATOR = "X-Pgha-Operator";

    private final CtlConfig config;
    private final ObjectMapper json = new ObjectMapper();

    HttpMembers(CtlConfig config) {
        this.config = config;
    }

    @Override
    public Map<String, Answer> ask(Collection<Member> members, Duration deadline) {
        HttpClient client = client(members);
        Map<String, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
        members.forEach(member -> asked.put(member.name(), ask(client, member, deadline)));
        long end = System.nanoTime() + deadline.toNanos();
        Map<String, Answer> answers = new LinkedHashMap<>();
        asked.forEach((name, answer) -> answers.put(name, await(answer, end - System.nanoTime())));
        return answers;
    }

    @Override
    public Reply send(Member member, String method, String path, Map<String, Object> body, Duration deadline) {
        CompletableFuture<HttpResponse<InputStream>> exchange;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create(member.apiUrl().orElse("")).resolve(path))
                    .timeout(deadline)
                    .header("Content-Type", "application/json")
                    .header(OPERATOR, operator())
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
            config.login().ifPresent(login -> request.header("Authorization", basic(login)));
            exchange = client(List.of(member)).sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IllegalArgumentException e) {
            return new Unreached("its api_url is no URL");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are always JSON", e);
        }
        return reply(exchange.thenApplyAsync(HttpMembers::answered), deadline);
    }

    /** For the members' event history. A header takes printable ASCII only. */
    private static String operator() {
        String user = System.getProperty("user.name", "");
        String host = HostName.local();
        return (user + "@" + host).replaceAll("[^!-~]", "?");
    }

    private static String basic(EtcdConfig.Login login) {
        String pair = login.username() + ":" + login.password().revealed();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    private static Answered answered(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new Answered(response.statusCode(), new String(body.readNBytes(LARGEST_ANSWER), UTF_8).strip());
        } catch (IOException e) {
            return new Answered(response.statusCode(), "");
        }
    }

    private static Reply reply(CompletableFuture<Answered> answer, Duration deadline) {
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Unreached("no answer in time");
        } catch (ExecutionException e) {
            return new Unreached(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unreached("interrupted");
        }
    }

    private static String reason(ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof ConnectException
                ? "cannot connect"
                : Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    }

    private HttpClient client(Collection<Member> members) {
        boolean https =
                members.stream().anyMatch(member -> member.apiUrl().orElse("").startsWith("https"));
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(https ? ClientTls.context(config) : ClientContext.unused())
                .build();
    }

    private CompletableFuture<Answer> ask(HttpClient client, Member member, Duration deadline) {
        String url = member.apiUrl().orElse("");
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(deadline)
                    .GET()
                    .build();
            return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                    .thenApplyAsync(response -> read(response.body()));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new Silent("its api_url is no URL"));
        }
    }

    private Answer read(InputStream body) {
        try (body) {
            byte[] bytes = body.readNBytes(LARGEST_ANSWER);
            JsonNode node = json.readTree(bytes);
            return node.isObject() ? new Status(new MemberStatus(node)) : new Silent("its answer is no JSON object");
        } catch (JsonProcessingException e) {
            return new Silent("its answer is no JSON");
        } catch (IOException e) {
            return new Silent("its answer broke off");
        }
    }

    private static Answer await(CompletableFuture<Answer> answer, long nanos) {
        try {
            return answer.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return new Silent("no answer in time");
        } catch (ExecutionException e) {
            return new Silent(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Silent("interrupted");
        }
    }
}
