package io.pgha.core.sync;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.WalSender;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A primary, its standbys and the key {@code sync}, as a model: positions in the WAL, who is connected, and which commits
 * PostgreSQL has acknowledged, each at the first moment at which the names in force allow it.
 */
final class SyncWorld implements SyncStep.Handler<Boolean> {
    static final List<String> NODES = List.of("a", "b", "c", "d", "e");

    final Map<String, Integer> positions = new TreeMap<>();
    final Set<String> connected = new TreeSet<>();
    SyncSettings settings;
    String primary = "a";
    int acknowledged = 1;
    SyncNames names = SyncNames.OFF;
    Optional<SyncState> key = Optional.empty();
    private final Deque<SyncStep> pending = new ArrayDeque<>();
    private long revision;
    private NamesInForce inForce = new NamesInForce(SyncNames.OFF, new Lsn(1));

    SyncWorld(SyncSettings settings) {
        this.settings = settings;
        NODES.forEach(node -> positions.put(node, 1));
        connected.addAll(NODES);
        connected.remove(primary);
    }

    int position(String node) {
        return positions.getOrDefault(node, 0);
    }

    void commit() {
        positions.merge(primary, 1, Integer::sum);
        acknowledge();
    }

    void catchUp(String node, int steps) {
        if (connected.contains(node)) {
            positions.put(node, Math.min(position(primary), position(node) + steps));
            acknowledge();
        }
    }

    void catchUpAll() {
        connected.forEach(node -> positions.put(node, position(primary)));
        acknowledge();
    }

    void connect(String node) {
        if (!node.equals(primary)) {
            connected.add(node);
            acknowledge();
        }
    }

    void disconnect(String node) {
        connected.remove(node);
        acknowledge();
    }

    /** The agent dies and comes back: what it remembered of the names is gone. */
    void forget() {
        inForce = new NamesInForce(names, new Lsn(position(primary)));
    }

    /** Carries out one step of the plan; looks and plans anew when none is left. */
    void step() {
        if (pending.isEmpty()) {
            pending.addAll(plan().steps());
        }
        Optional.ofNullable(pending.poll()).ifPresent(step -> step.accept(this));
    }

    /** The rest of the plan is never carried out. */
    void interrupt() {
        pending.clear();
    }

    SyncPlan plan() {
        inForce = inForce.observed(names, new Lsn(position(primary)));
        return SyncPlanner.plan(picture());
    }

    SyncPicture picture() {
        List<Member> members = NODES.stream()
                .map(node ->
                        new MemberBuilder(node).state(PostgresState.RUNNING).build())
                .toList();
        return SyncPicture.observed(primary, settings, key, inForce, members, senders(), new Lsn(position(primary)));
    }

    /** Nodes that could win an election if the primary died now and the right others were unreachable. */
    List<String> electable() {
        SyncPromise promise = SyncPromise.of(key).orElse(SyncPromise.onlyMyself(primary));
        List<String> electable = new ArrayList<>();
        for (String candidate : promise.voters().minus(primary)) {
            long votes = promise.voters().minus(primary).minus(candidate).stream()
                    .filter(voter -> position(voter) <= position(candidate))
                    .count();
            if (votes >= promise.quorum()) {
                electable.add(candidate);
            }
        }
        return electable;
    }

    /** The primary dies; the new one forks the timeline, so whoever was further is rewound to there. */
    void failOver(String winner) {
        pending.clear();
        primary = winner;
        positions.replaceAll((node, position) -> Math.min(position, position(winner)));
        connected.clear();
        Prepromotion.plan(winner, settings, key).steps().forEach(step -> step.accept(this));
        forget();
    }

    @Override
    public Boolean writeSyncKey(SyncStep.WriteSyncKey step) {
        key = Optional.of(step.promise().toState(++revision));
        return true;
    }

    @Override
    public Boolean deleteSyncKey(SyncStep.DeleteSyncKey step) {
        key = Optional.empty();
        return true;
    }

    @Override
    public Boolean setNames(SyncStep.SetNames step) {
        names = SyncNames.parse(step.names().format()).orElseThrow();
        acknowledge();
        return true;
    }

    @Override
    public Boolean restoreOwnNames(SyncStep.RestoreOwnNames step) {
        names = settings.ownNames();
        acknowledge();
        return true;
    }

    @Override
    public Boolean reevaluate(SyncStep.Reevaluate step) {
        return false;
    }

    private void acknowledge() {
        acknowledged = Math.max(acknowledged, acknowledgedNow());
    }

    private int acknowledgedNow() {
        List<String> listed =
                names.names().sorted().stream().filter(connected::contains).toList();
        return switch (names.kind()) {
            case OFF -> position(primary);
            case PRIORITY ->
                listed.size() < names.number()
                        ? 0
                        : listed.stream()
                                .limit(names.number())
                                .mapToInt(this::position)
                                .min()
                                .orElse(0);
            case QUORUM ->
                listed.stream()
                        .map(this::position)
                        .sorted(Comparator.reverseOrder())
                        .skip(names.number() - 1L)
                        .findFirst()
                        .orElse(0);
        };
    }

    private List<WalSender> senders() {
        return connected.stream()
                .map(node -> {
                    Lsn position = new Lsn(position(node));
                    return new WalSender(
                            "replicator",
                            node,
                            Optional.empty(),
                            "streaming",
                            syncState(node),
                            0,
                            position,
                            position,
                            position);
                })
                .toList();
    }

    private String syncState(String node) {
        if (!names.names().contains(node)) {
            return "async";
        }
        List<String> listed =
                names.names().sorted().stream().filter(connected::contains).toList();
        return switch (names.kind()) {
            case OFF -> "async";
            case QUORUM -> "quorum";
            case PRIORITY -> listed.indexOf(node) < names.number() ? "sync" : "potential";
        };
    }

    @Override
    public String toString() {
        return "primary " + primary + " " + positions + " connected " + connected + " acknowledged " + acknowledged
                + ", " + names + ", " + key + ", " + settings;
    }
}
