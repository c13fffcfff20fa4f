package io.pgha.postgres.memory;

import io.pgha.core.model.Upstream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where servers find each other, by the {@code host:port} that they publish. */
public final class ServerNetwork {
    /** What becomes of packets between servers. */
    @FunctionalInterface
    public interface Paths {
        /** Whether the server of the first name can exchange packets with that of the second one. */
        boolean connected(String from, String to);

        /** Whether what is being sent now is lost. */
        default boolean loses(String from, String to) {
            return false;
        }

        /** How much later than usual what is being sent now arrives. */
        default Duration delay(String from, String to) {
            return Duration.ZERO;
        }
    }

    private final Map<String, MemoryServer> servers = new LinkedHashMap<>();
    private final Paths paths;
    private long systemIdentifiers = 7_500_000_000_000_000_000L;
    private long pids = 1000;
    private Optional<DataFolder> archived = Optional.empty();

    public ServerNetwork(Paths paths) {
        this.paths = paths;
    }

    /** Everybody reaches everybody. */
    public static ServerNetwork open() {
        return new ServerNetwork((from, to) -> true);
    }

    void add(String address, MemoryServer server) {
        servers.put(address, server);
    }

    String newSystemIdentifier() {
        return Long.toString(++systemIdentifiers);
    }

    /** Every copy that is made leaves a backup. */
    void archive(DataFolder backup) {
        archived = Optional.of(backup);
    }

    Optional<DataFolder> archived() {
        return archived;
    }

    long newPid() {
        return ++pids;
    }

    /** The server at the other end of a connection that this one makes; empty when nothing answers there. */
    Optional<MemoryServer> connect(MemoryServer from, Upstream to) {
        return reach(from, to).filter(MemoryServer::answers).filter(server -> !paths.loses(from.name(), server.name()));
    }

    /** The same for a replication connection, which outlives the beginning of a shutdown. */
    Optional<MemoryServer> connectForWal(MemoryServer from, Upstream to) {
        return reach(from, to).filter(MemoryServer::sendsWal);
    }

    /** Whether the next piece of WAL for that standby is lost on its way; it is sent again. */
    boolean losesWal(MemoryServer standby, MemoryServer from) {
        return paths.loses(standby.name(), from.name());
    }

    /** How much later than usual the next piece of WAL for that standby arrives. */
    Duration delayOfWal(MemoryServer standby, MemoryServer from) {
        return paths.delay(standby.name(), from.name());
    }

    /** How late an answer of that server to this one is, beside its usual time: one way there and one back. */
    Duration delayOfAnswer(MemoryServer from, Upstream to) {
        return reach(from, to)
                .map(server -> paths.delay(from.name(), server.name()).plus(paths.delay(from.name(), server.name())))
                .orElse(Duration.ZERO);
    }

    /** Who streams from that server, in the order in which the servers were made. */
    List<MemoryServer> streamingFrom(MemoryServer source) {
        return servers.values().stream()
                .filter(server -> server.isStreaming() && server.walReceiver().streamsFrom(source))
                .toList();
    }

    private Optional<MemoryServer> reach(MemoryServer from, Upstream to) {
        return Optional.ofNullable(servers.get(address(to.connUrl())))
                .filter(server -> server != from)
                .filter(server -> paths.connected(from.name(), server.name()));
    }

    private static String address(String connUrl) {
        String rest = connUrl.substring(connUrl.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
