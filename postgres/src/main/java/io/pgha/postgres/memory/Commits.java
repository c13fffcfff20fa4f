package io.pgha.postgres.memory;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.SyncNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Clients' commits that wait until {@code synchronous_standby_names} are satisfied (PostgreSQL manual, "Synchronous
 * Replication"): with {@code FIRST n} for each of the first n of the list that are connected, with {@code ANY n} for any n
 * of them.
 */
final class Commits {
    private final MemoryServer server;
    private final List<Waiting> waiting = new ArrayList<>();
    private String inFile = "";
    private String inForce = "";
    private SyncNames names = SyncNames.OFF;

    private record Waiting(Lsn end, Consumer<Lsn> acknowledged) {}

    Commits(MemoryServer server) {
        this.server = server;
    }

    /** Writes the value to the file; it comes into force with {@link #reload}. */
    void configure(String names) {
        inFile = names;
    }

    /** The server reads its files. */
    void reload() {
        if (!inForce.equals(inFile)) {
            inForce = inFile;
            names = SyncNames.parse(inForce).orElse(SyncNames.OFF);
            server.say("waits for " + names());
            server.witness().waitsFor(server);
        }
        release();
    }

    String inForce() {
        return inForce;
    }

    SyncNames names() {
        return names;
    }

    void add(Lsn end, Consumer<Lsn> acknowledged) {
        waiting.add(new Waiting(end, acknowledged));
        release();
    }

    /** Sessions that wait are ended without an answer: the commits stand, and nobody was told. */
    void cut() {
        waiting.clear();
    }

    /** Acknowledges what a standby's reply, or other names, have made good. */
    void release() {
        if (waiting.isEmpty() || !server.acceptsWrites()) {
            return;
        }
        List<Lsn> listed =
                connected().stream().map(standby -> standby.data().end()).toList();
        List<Waiting> good = new ArrayList<>();
        waiting.removeIf(commit -> isGood(commit.end(), listed) && good.add(commit));
        good.forEach(commit -> commit.acknowledged().accept(commit.end()));
    }

    /** Whether enough of the standbys, which are at these positions, have it. */
    private boolean isGood(Lsn end, List<Lsn> listed) {
        return switch (names.kind()) {
            case OFF -> true;
            case PRIORITY ->
                listed.size() >= names.number()
                        && listed.stream().limit(names.number()).noneMatch(end::isAfter);
            case QUORUM -> listed.stream().filter(at -> !end.isAfter(at)).count() >= names.number();
        };
    }

    private List<MemoryServer> connected() {
        if (names.kind() == SyncNames.Kind.OFF) {
            return List.of();
        }
        List<MemoryServer> streaming = server.network().streamingFrom(server);
        return names.names().sorted().stream()
                .flatMap(name ->
                        streaming.stream().filter(standby -> standby.name().equals(name)))
                .toList();
    }

    /** Column {@code sync_state} of {@code pg_stat_replication}. */
    String stateOf(MemoryServer standby) {
        if (!names.names().contains(standby.name())) {
            return "async";
        }
        return switch (names.kind()) {
            case OFF -> "async";
            case QUORUM -> "quorum";
            case PRIORITY -> connected().indexOf(standby) < names.number() ? "sync" : "potential";
        };
    }
}
