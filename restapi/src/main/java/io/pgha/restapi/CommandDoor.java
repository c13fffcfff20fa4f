package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes permitted commands: reads their body without a thread, and has them carried out on a few threads of their own, as a
 * switchover is watched for many seconds and neither health checks nor other answers may wait for that.
 */
final class CommandDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandDoor.class);
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    /** Names from outside come back in some texts; no browser shall take them for markup. */
    private static final HttpField TEXT = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");

    private static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");
    private static final long LARGEST_BODY = 64 * 1024;
    /** So many commands at a time; who comes when they are all under way hears 503. */
    private static final int MOST = 4;

    private final Optional<Commands> commands;
    private final ObjectMapper json;
    private final ExecutorService threads;

    CommandDoor(Optional<Commands> commands, ObjectMapper json) {
        this.commands = commands;
        this.json = json;
        this.threads =
                new ThreadPoolExecutor(0, MOST, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), CommandDoor::thread);
    }

    private interface Order {
        CommandAnswer carryOut(Map<String, Object> body);
    }

    /** Answers one request that has passed the access checks. */
    void handle(String segment, Request request, Response response, Callback callback) {
        response.getHeaders().put(CLOSE);
        if (commands.isEmpty()) {
            answer(response, callback, CommandAnswer.text(501, "Unsupported method"));
            return;
        }
        Commands known = commands.get();
        switch (request.getMethod() + " " + segment) {
            case "POST switchover" -> withBody(request, response, callback, known::switchover);
            case "POST failover" -> withBody(request, response, callback, known::failover);
            case "DELETE switchover" -> start(request, response, callback, Map.of(), known::cancelSwitchover);
            case "POST restart" -> withBody(Body.OPTIONAL, request, response, callback, known::restart);
            case "DELETE restart" -> start(request, response, callback, Map.of(), known::cancelRestart);
            case "POST reinitialize" -> withBody(Body.OPTIONAL, request, response, callback, known::reinitialize);
            case "DELETE reinitialize" -> start(request, response, callback, Map.of(), known::cancelReinitialize);
            case "PATCH config" -> withBody(request, response, callback, known::patchConfig);
            case "PUT config" -> withBody(request, response, callback, known::replaceConfig);
            case "POST failsafe" -> withBody(request, response, callback, known::failsafe);
            // Means something in a test mode on Windows only (facts §3.8).
            case "POST sigterm" -> answer(response, callback, CommandAnswer.text(202, "shutdown scheduled"));
            case "POST reload" -> start(request, response, callback, Map.of(), known::reload);
            default -> answer(response, callback, CommandAnswer.text(501, "Unsupported method"));
        }
    }

    /** Whether a command makes sense without a body. */
    private enum Body {
        NEEDED,
        OPTIONAL
    }

    private void withBody(Request request, Response response, Callback callback, Order order) {
        withBody(Body.NEEDED, request, response, callback, order);
    }

    private void withBody(Body need, Request request, Response response, Callback callback, Order order) {
        long length = request.getLength();
        if (length < 0 && need == Body.NEEDED) {
            answer(response, callback, CommandAnswer.text(411, "Length Required"));
        } else if (length > LARGEST_BODY) {
            answer(response, callback, CommandAnswer.text(413, "The body is larger than 64 KB"));
        } else {
            Content.Source.asByteArrayAsync(request, (int) LARGEST_BODY + 1, new Promise.Invocable<>() {
                @Override
                public void succeeded(byte[] bytes) {
                    if (bytes.length == 0 && need == Body.OPTIONAL) {
                        start(request, response, callback, Map.of(), () -> order.carryOut(Map.of()));
                    } else {
                        read(need, bytes, request, response, callback, order);
                    }
                }

                @Override
                public void failed(Throwable trouble) {
                    callback.failed(trouble);
                }
            });
        }
    }

    private void read(Body need, byte[] bytes, Request request, Response response, Callback callback, Order order) {
        // An empty object counts as no body (facts §3.1).
        Optional<Map<String, Object>> body =
                JsonBody.parse(json, bytes).filter(map -> need == Body.OPTIONAL || !map.isEmpty());
        boolean atOnce = "/failsafe".equals(request.getHttpURI().getPath());
        if (body.isPresent() && atOnce) {
            // A primary waits for it: it must not wait for a switchover that is being watched.
            answer(response, callback, order.carryOut(body.get()));
        } else if (body.isPresent()) {
            start(request, response, callback, body.get(), () -> order.carryOut(body.get()));
        } else {
            answer(
                    response,
                    callback,
                    CommandAnswer.text(400, "The body has to be a JSON object with something in it"));
        }
    }

    private void start(
            Request request,
            Response response,
            Callback callback,
            Map<String, Object> body,
            Supplier<CommandAnswer> command) {
        // A command may take longer than a connection may be idle; what it takes is limited by the command itself.
        request.addIdleTimeoutListener(timeout -> false);
        try {
            threads.execute(() -> answer(response, callback, carryOut(request, body, command)));
        } catch (RejectedExecutionException e) {
            answer(response, callback, CommandAnswer.text(503, MOST + " commands are under way; ask again later"));
        }
    }

    private CommandAnswer carryOut(Request request, Map<String, Object> body, Supplier<CommandAnswer> command) {
        CommandReport.Caller caller = CommandCaller.of(request);
        String asked = request.getMethod() + " " + request.getHttpURI().getPath();
        long begun = System.nanoTime();
        CommandAnswer answer;
        try {
            answer = command.get();
        } catch (RuntimeException e) {
            LOG.warn("{} failed", asked, e);
            answer = CommandAnswer.text(HealthChecks.UNAVAILABLE, "The command failed; the log says why");
        }
        String line = answer instanceof CommandAnswer.Text text ? text.line() : "";
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        CommandReport report = new CommandReport(asked, caller, body, answer.status(), line, took);
        commands.ifPresent(known -> known.carriedOut(report));
        return answer;
    }

    private void answer(Response response, Callback callback, CommandAnswer answer) {
        response.setStatus(answer.status());
        if (answer instanceof CommandAnswer.Json body) {
            try {
                byte[] bytes = json.writeValueAsBytes(body.body());
                response.getHeaders().put(JSON);
                response.write(true, ByteBuffer.wrap(bytes), callback);
            } catch (JsonProcessingException e) {
                callback.failed(e);
            }
        } else if (answer instanceof CommandAnswer.Bare bare) {
            bare.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            response.getHeaders().put(TEXT);
            response.write(true, ByteBuffer.wrap(bare.text().getBytes(UTF_8)), callback);
        } else if (answer instanceof CommandAnswer.Text text) {
            response.getHeaders().put(TEXT);
            response.write(true, ByteBuffer.wrap((text.line() + "\n").getBytes(UTF_8)), callback);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rest-command");
        thread.setDaemon(true);
        return thread;
    }
}
