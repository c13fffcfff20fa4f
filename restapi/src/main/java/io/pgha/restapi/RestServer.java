package io.pgha.restapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import io.javalin.util.JavalinLogger;
import io.pgha.core.time.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.BufferedResponseHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The REST API of one node. Owns its threads; asks the {@link SnapshotSource} for every request and nobody else, but
 * for {@code /cluster}, which reads the DCS, and {@code /patroni}, which asks PostgreSQL.
 *
 * <p>{@link #start}, {@link #reload} and {@link #close} are called by one thread.
 */
public final class RestServer implements AutoCloseable {
    private static final int MAX_THREADS = 8;
    private static final int MIN_THREADS = 3;
    /** So many routed requests may occupy a thread at a time; the others are for health checks. */
    private static final int MAX_ROUTED = 4;

    private final SnapshotSource snapshots;
    private final SnapshotSource live;
    private final Clock clock;
    private final FreshCluster fresh;
    private final EventSource events;
    private final CommandDoor commands;
    private final ObjectMapper json = new ObjectMapper();
    private RestSettings settings;
    private @Nullable Running running;

    private record Running(Javalin app, FrontDoor door, int port) {}

    private RestServer(
            RestSettings settings,
            SnapshotSource snapshots,
            SnapshotSource live,
            Clock clock,
            ClusterReader reader,
            EventSource events,
            Optional<Commands> commands) {
        this.settings = settings;
        this.snapshots = snapshots;
        this.live = live;
        this.clock = clock;
        this.fresh = new FreshCluster(reader);
        this.events = events;
        this.commands = new CommandDoor(commands, json);
    }

    /**
     * Starts to listen.
     *
     * @param live asked for {@code GET /patroni} only: may ask PostgreSQL, and takes two seconds at most
     * @param reader reads the DCS afresh for {@code /cluster}
     * @param events for {@code GET /events}
     * @param commands carries out what is asked for; empty: every command is answered 501
     * @throws RestServerException when the port is taken or a certificate cannot be used
     */
    public static RestServer start(
            RestSettings settings,
            SnapshotSource snapshots,
            SnapshotSource live,
            Clock clock,
            ClusterReader reader,
            EventSource events,
            Optional<Commands> commands) {
        RestServer server = new RestServer(settings, snapshots, live, clock, reader, events, commands);
        try {
            server.running = server.open(settings);
        } catch (RestServerException e) {
            server.fresh.close();
            server.commands.close();
            throw e;
        }
        return server;
    }

    /** The port that it listens on, 0 when it does not. */
    public int port() {
        return running == null ? 0 : running.port;
    }

    /**
     * Takes changed settings over. Listens anew when the address or TLS changed, or when TLS is used, as the files may
     * have changed; requests in between are refused.
     *
     * @throws RestServerException when the new settings cannot be used; the old ones are in force again then
     */
    public void reload(RestSettings changed) {
        Running old = running;
        boolean sameSocket = old != null
                && changed.tls().isEmpty()
                && settings.tls().isEmpty()
                && changed.host().equals(settings.host())
                && changed.port() == settings.port();
        if (old != null && sameSocket) {
            old.door.reload(changed);
        } else {
            reopen(changed);
        }
        settings = changed;
    }

    private void reopen(RestSettings changed) {
        // Trouble with the new certificates shows before the old server is gone.
        changed.tls().ifPresent(Certificates::keyStore);
        stop();
        try {
            running = open(changed);
        } catch (RestServerException e) {
            running = open(settings);
            throw e;
        }
    }

    @Override
    public void close() {
        stop();
        fresh.close();
        commands.close();
    }

    private void stop() {
        Running old = running;
        running = null;
        if (old != null) {
            old.app.stop();
        }
    }

    private Running open(RestSettings wanted) {
        ServerSocketChannel channel = Connectors.bind(wanted);
        try {
            FrontDoor door = new FrontDoor(snapshots, clock, new StatusCache(json), commands, wanted);
            QoSHandler routed = new QoSHandler();
            routed.setMaxRequestCount(MAX_ROUTED);
            routed.setMaxSuspend(Duration.ofSeconds(2));
            // A servlet's write blocks. What it writes is kept, and sent without a thread once the permit is given
            // back:
            // clients that do not read must not stand in the way of the peers' GET /patroni.
            BufferedResponseHandler buffered = new BufferedResponseHandler();
            buffered.setHandler(routed);
            door.setHandler(buffered);
            Connectors.Prepared sockets = Connectors.prepare(wanted, channel);
            JavalinLogger.startupInfo = false;
            Javalin app = Javalin.create(config -> configure(config, door, sockets));
            app.start();
            return new Running(app, door, ((InetSocketAddress) channel.getLocalAddress()).getPort());
        } catch (IOException | JavalinException | RestServerException e) {
            IO.close(channel);
            throw e instanceof RestServerException ours
                    ? ours
                    : new RestServerException("restapi: cannot start: " + e, e);
        }
    }

    private void configure(JavalinConfig config, FrontDoor door, Connectors.Prepared sockets) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("rest");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.setHandler(door);
            server.setErrorHandler(new PlainErrors(door));
            server.setStopTimeout(0);
        });
        config.jetty.addConnector((server, ignored) -> {
            ServerConnector connector = sockets.connector(server);
            server.addBean(new SlowClients(connector));
            return connector;
        });
        new Routes(snapshots, live, clock, fresh, events, json).register(config.routes);
    }
}
