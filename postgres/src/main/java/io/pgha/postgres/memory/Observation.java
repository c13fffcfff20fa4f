package io.pgha.postgres.memory;

import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotName;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.SyncParameters;
import io.pgha.core.model.Upstream;
import io.pgha.core.model.WalSender;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an agent sees of its server. */
final class Observation {
    private static final int VERSION = 150_000;

    private Observation() {}

    static PostgresObservation of(MemoryServer server, PostgresState state) {
        Optional<DataFolder> folder =
                server.folder().filter(data -> !server.isUnreadable()).filter(DataFolder::isUsable);
        return new PostgresObservation(
                kind(server),
                folder.map(DataFolder::systemIdentifier),
                state,
                server.postmaster(),
                server.answers() ? Optional.of(status(server)) : Optional.empty(),
                folder.map(DataFolder::control),
                folder.filter(data -> data.standbySignal).isPresent(),
                folder.filter(data -> data.backupLabel).isPresent(),
                folder.isPresent() ? Optional.empty() : Optional.of("there is no data"),
                Map.of(),
                Optional.empty());
    }

    private static DataDirectory kind(MemoryServer server) {
        if (server.isUnreadable()) {
            return DataDirectory.INACCESSIBLE;
        }
        return server.folder()
                .map(data -> data.isUsable() ? DataDirectory.PRESENT : DataDirectory.HALF_REWOUND)
                .orElse(DataDirectory.EMPTY);
    }

    private static ServerStatus status(MemoryServer server) {
        DataFolder data = server.data();
        WalReceiver receiver = server.walReceiver();
        boolean standby = server.inRecovery();
        return new ServerStatus(
                VERSION,
                "2026-11-21 00:00:00.000000+00:00",
                standby,
                data.branch.timeline(),
                standby ? Lsn.ZERO : data.end,
                standby ? receiver.received() : Optional.empty(),
                standby ? Optional.of(receiver.replayed()) : Optional.empty(),
                standby ? receiver.received() : Optional.empty(),
                Optional.empty(),
                false,
                receiver.isStreaming() ? Optional.of("streaming") : Optional.empty(),
                receiver.upstream().map(Upstream::connUrl),
                server.network().streamingFrom(server).stream()
                        .map(follower -> walSender(server, follower))
                        .toList(),
                new SyncParameters(server.commits().inForce(), "on"),
                slots(server));
    }

    private static WalSender walSender(MemoryServer server, MemoryServer standby) {
        Lsn end = standby.data().end;
        return new WalSender(
                "replicator",
                standby.name(),
                Optional.empty(),
                "streaming",
                server.commits().stateOf(standby),
                0,
                end,
                end,
                standby.walReceiver().replayed());
    }

    private static ModelSlot consumed(MemoryServer server, String name, ModelSlot slot) {
        server.witness().decoded(server, name, slot.position());
        return slot.at(server.data().end);
    }

    private static List<SlotStatus> slots(MemoryServer server) {
        Map<String, ModelSlot> slots = server.data().slots;
        Set<String> active = new HashSet<>();
        for (MemoryServer standby : server.network().streamingFrom(server)) {
            String name = SlotName.of(standby.name());
            active.add(name);
            slots.computeIfPresent(name, (same, slot) -> slot.at(standby.data().end));
        }
        if (!server.inRecovery()) {
            // The model's consumers take everything at once.
            slots.replaceAll((name, slot) -> slot.logical().isPresent() ? consumed(server, name, slot) : slot);
        }
        return slots.entrySet().stream()
                .map(slot -> slot.getValue().status(slot.getKey(), active.contains(slot.getKey())))
                .toList();
    }
}
