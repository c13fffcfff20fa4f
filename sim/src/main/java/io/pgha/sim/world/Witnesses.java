package io.pgha.sim.world;

import io.pgha.core.model.Lsn;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.postgres.memory.ServerWitness;
import java.util.ArrayList;
import java.util.List;

/** Tells several witnesses what happens to servers. */
final class Witnesses implements ServerWitness {
    private final List<ServerWitness> all = new ArrayList<>();

    void add(ServerWitness witness) {
        all.add(witness);
    }

    @Override
    public void happened(String server, String what) {
        all.forEach(witness -> witness.happened(server, what));
    }

    @Override
    public void openedForWrites(MemoryServer server, Branch branch) {
        all.forEach(witness -> witness.openedForWrites(server, branch));
    }

    @Override
    public void waitsFor(MemoryServer server) {
        all.forEach(witness -> witness.waitsFor(server));
    }

    @Override
    public void initializing(MemoryServer server) {
        all.forEach(witness -> witness.initializing(server));
    }

    @Override
    public void discarded(MemoryServer server, DataFolder folder) {
        all.forEach(witness -> witness.discarded(server, folder));
    }

    @Override
    public void removed(MemoryServer server, DataFolder folder) {
        all.forEach(witness -> witness.removed(server, folder));
    }

    @Override
    public void lostEnd(MemoryServer server, DataFolder folder) {
        all.forEach(witness -> witness.lostEnd(server, folder));
    }

    @Override
    public void rewinding(MemoryServer server, MemoryServer source) {
        all.forEach(witness -> witness.rewinding(server, source));
    }

    @Override
    public void mixed(MemoryServer server, Branch own, Branch foreign, Lsn position) {
        all.forEach(witness -> witness.mixed(server, own, foreign, position));
    }

    @Override
    public void logicalSlotMade(MemoryServer server, String slot) {
        all.forEach(witness -> witness.logicalSlotMade(server, slot));
    }

    @Override
    public void decoded(MemoryServer server, String slot, Lsn from) {
        all.forEach(witness -> witness.decoded(server, slot, from));
    }

    @Override
    public void slotDropped(MemoryServer server, String slot) {
        all.forEach(witness -> witness.slotDropped(server, slot));
    }
}
