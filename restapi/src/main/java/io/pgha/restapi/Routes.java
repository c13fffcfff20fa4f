package io.pgha.restapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The endpoints that are not health checks: what the DCS holds, and the metrics (facts §3.5–3.7). */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final int BAD_GATEWAY = 502;
    private static final int BAD_REQUEST = 400;

    private final SnapshotSource snapshots;
    private final SnapshotSource live;
    private final Clock clock;
    private final FreshCluster fresh;
    private final EventSource events;
    private final ObjectMapper json;

    Routes(
            SnapshotSource snapshots,
            SnapshotSource live,
            Clock clock,
            FreshCluster fresh,
            EventSource events,
            ObjectMapper json) {
        this.snapshots = snapshots;
        this.live = live;
        this.clock = clock;
        this.fresh = fresh;
        this.events = events;
        this.json = json;
    }

    void register(RoutesConfig routes) {
        get(routes, "patroni", this::status);
        get(routes, "cluster", this::cluster);
        get(routes, "history", this::history);
        get(routes, "config", this::config);
        get(routes, "failsafe", this::failsafe);
        get(routes, "metrics", this::metrics);
        get(routes, "events", this::events);
        routes.exception(Exception.class, (e, context) -> {
            LOG.warn("{} {} failed", context.method(), context.path(), e);
            context.status(HealthChecks.UNAVAILABLE).result("");
        });
    }

    /** Whatever follows the first segment of the path is ignored (facts §3.1). */
    private static void get(RoutesConfig routes, String segment, Handler handler) {
        routes.get("/" + segment, handler);
        routes.get("/" + segment + "/*", handler);
    }

    /** What peers compare in a leader race, so PostgreSQL is asked now and not when the last cycle did (facts §3.4). */
    private void status(Context context) throws JsonProcessingException {
        answer(context, StatusBody.of(live.get(), clock.now()));
    }

    private void cluster(Context context) throws JsonProcessingException {
        Optional<ClusterView> view = fresh.read().or(this::cached);
        if (view.isPresent()) {
            answer(context, ClusterBody.of(snapshots.get().scope(), view.get()));
        } else {
            unreachable(context);
        }
    }

    private void history(Context context) throws JsonProcessingException {
        Optional<ClusterView> view = cachedOrFresh();
        if (view.isPresent()) {
            answer(context, ClusterBody.history(view.get()));
        } else {
            unreachable(context);
        }
    }

    private void config(Context context) throws JsonProcessingException {
        Optional<ClusterView> view = cachedOrFresh();
        if (view.isEmpty()) {
            text(
                    context,
                    BAD_GATEWAY,
                    "The DCS does not answer, and no copy of the configuration is younger than the ttl");
            return;
        }
        Optional<Map<String, Object>> config = view.flatMap(ClusterView::config)
                .filter(DynamicConfigKey::valid)
                .map(DynamicConfigKey::values);
        if (config.isPresent()) {
            answer(context, config.get());
        } else {
            text(context, BAD_GATEWAY, "The key config is missing or is not a JSON object");
        }
    }

    private void failsafe(Context context) throws JsonProcessingException {
        Map<String, String> failsafe =
                cachedOrFresh().map(ClusterView::failsafe).orElse(Map.of());
        if (failsafe.isEmpty()) {
            text(context, BAD_GATEWAY, "The key failsafe is missing");
        } else {
            answer(context, failsafe);
        }
    }

    /** Ours: what this node decided and was told. */
    private void events(Context context) throws JsonProcessingException {
        Optional<Map<String, Object>> body = EventsBody.of(snapshots.get(), events, Query.parse(context.queryString()));
        if (body.isPresent()) {
            answer(context, body.get());
        } else {
            text(
                    context,
                    BAD_REQUEST,
                    "limit is a number, and since the number of an event or a time with its zone, such as"
                            + " 2026-11-21T12:00:00Z");
        }
    }

    private void metrics(Context context) {
        context.contentType("text/plain").result(MetricsText.of(snapshots.get(), clock.now()));
    }

    private Optional<ClusterView> cached() {
        return snapshots.get().cluster(clock.now());
    }

    private Optional<ClusterView> cachedOrFresh() {
        return cached().or(fresh::read);
    }

    private void answer(Context context, Object body) throws JsonProcessingException {
        context.contentType("application/json").result(json.writeValueAsBytes(body));
    }

    private static void unreachable(Context context) {
        text(context, HealthChecks.UNAVAILABLE, "The DCS does not answer");
    }

    private static void text(Context context, int status, String line) {
        context.status(status).contentType("text/html").result(line + "\n");
    }
}
