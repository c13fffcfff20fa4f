package io.pgha.restapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.BufferedResponseHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every request first. What HAProxy, Kubernetes and the peers ask is answered here, without a thread that blocks
 * and without anything allocated but the answer: health checks, {@code /liveness}, {@code /readiness}. Unsafe requests
 * are checked for access here, before their body is read. The rest goes on to the routes.
 */
final class FrontDoor extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField TEXT = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/html");
    private static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");
    private static final HttpField CHALLENGE =
            new PreEncodedHttpField(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Patroni\"");
    private static final long KEEP_ALIVE_MILLIS = 60_000;
    /** A longer answer (of a cluster with thousands of members) is written as the client reads. */
    private static final int LARGEST_ROUTED_ANSWER = 1 << 20;
    /** Safe endpoints that are not health checks and are answered by the routes. */
    static final Set<String> ROUTED =
            Set.of("patroni", "cluster", "history", "config", "failsafe", "metrics", "events");

    private final SnapshotSource snapshots;
    private final Clock clock;
    private final StatusCache bodies;
    private final CommandDoor commands;
    private volatile ResponseHeaders headers;
    private final QueryRemarks remarks = new QueryRemarks();
    private volatile AccessControl access;

    FrontDoor(SnapshotSource snapshots, Clock clock, StatusCache bodies, CommandDoor commands, RestSettings settings) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.bodies = bodies;
        this.commands = commands;
        this.headers = ResponseHeaders.of(settings, snapshots.get().wireVersion());
        this.access = AccessControl.of(settings);
    }

    /** Takes over what can change without a new socket. */
    void reload(RestSettings settings) {
        headers = ResponseHeaders.of(settings, snapshots.get().wireVersion());
        access = AccessControl.of(settings);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        keepAlive(request);
        headers.addTo(response.getHeaders());
        return switch (request.getMethod()) {
            case "GET" -> get(request, response, callback);
            case "HEAD", "OPTIONS" -> {
                NodeSnapshot node = snapshots.get();
                bare(response, callback, health(request, node, clock.now()));
                yield true;
            }
            default -> unsafe(request, response, callback);
        };
    }

    private boolean get(Request request, Response response, Callback callback) throws Exception {
        String segment = firstSegment(request.getHttpURI().getPath());
        if (ROUTED.contains(segment)) {
            if (!segment.equals("patroni")) {
                // Long answers end the connection: nobody gets a thread for a long row of them.
                response.getHeaders().put(CLOSE);
            }
            request.setAttribute(BufferedResponseHandler.BUFFER_SIZE_ATTRIBUTE_NAME, LARGEST_ROUTED_ANSWER);
            return super.handle(request, response, callback);
        }
        NodeSnapshot node = snapshots.get();
        MonotonicTime now = clock.now();
        switch (segment) {
            case "liveness" -> bare(response, callback, Probes.liveness(node, now));
            case "readiness" -> bare(response, callback, Probes.readiness(query(request), node, now));
            default -> status(response, callback, health(request, node, now), node, now);
        }
        return true;
    }

    /** The body is not read before it is known that the caller may. */
    private boolean unsafe(Request request, Response response, Callback callback) {
        String segment = firstSegment(request.getHttpURI().getPath());
        Optional<AccessControl.Refusal> refusal = segment.equals("failsafe")
                ? access.checkFailsafe(caller(request))
                : access.check(caller(request), this::memberAddresses);
        if (refusal.isPresent()) {
            if (refusal.get().challenge()) {
                response.getHeaders().put(CHALLENGE);
            }
            text(response, callback, refusal.get().status(), refusal.get().text());
        } else {
            commands.handle(segment, request, response, callback);
        }
        return true;
    }

    private int health(Request request, NodeSnapshot node, MonotonicTime now) {
        return HealthChecks.status(request.getHttpURI().getPath(), query(request), node, now);
    }

    private Query query(Request request) {
        Query query = Query.parse(request.getHttpURI().getQuery());
        remarks.heard(query);
        return query;
    }

    private void status(Response response, Callback callback, int status, NodeSnapshot node, MonotonicTime now) {
        response.setStatus(status);
        response.getHeaders().put(JSON);
        response.write(true, bodies.body(node, now), callback);
    }

    private static void bare(Response response, Callback callback, int status) {
        response.setStatus(status);
        callback.succeeded();
    }

    private static void text(Response response, Callback callback, int status, String line) {
        response.setStatus(status);
        response.getHeaders().put(TEXT);
        response.write(true, ByteBuffer.wrap((line + "\n").getBytes(UTF_8)), callback);
    }

    /** Whoever has sent one whole request may keep the connection longer than somebody who has not. */
    private static void keepAlive(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (endPoint.getIdleTimeout() != KEEP_ALIVE_MILLIS) {
            endPoint.setIdleTimeout(KEEP_ALIVE_MILLIS);
        }
    }

    private static AccessControl.Caller caller(Request request) {
        InetAddress address =
                request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress remote
                        ? remote.getAddress()
                        : InetAddress.getLoopbackAddress();
        return new AccessControl.Caller(
                address,
                Connectors.showedCertificate(request),
                Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION)));
    }

    private Set<InetAddress> memberAddresses() {
        Set<InetAddress> addresses = new HashSet<>();
        ClusterView cluster = snapshots.get().cluster(clock.now()).orElse(ClusterView.EMPTY);
        cluster.members().values().forEach(member -> member.apiUrl().ifPresent(url -> resolve(url, addresses)));
        return addresses;
    }

    private static void resolve(String apiUrl, Set<InetAddress> addresses) {
        try {
            String host = URI.create(apiUrl).getHost();
            if (host != null) {
                addresses.addAll(Set.of(InetAddress.getAllByName(host)));
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            LOG.debug("allowlist_include_members: a member's api_url cannot be resolved: {}", e.toString());
        }
    }

    private static String firstSegment(String path) {
        int end = path.indexOf('/', 1);
        return path.startsWith("/") ? path.substring(1, end < 0 ? path.length() : end) : "";
    }
}
