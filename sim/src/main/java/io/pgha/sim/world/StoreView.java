package io.pgha.sim.world;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.SyncState;
import io.pgha.dcs.memory.MemoryStore;
import io.pgha.dcs.wire.ClusterViewParser;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.RawEntry;
import io.pgha.dcs.wire.SyncCodec;
import java.util.Optional;

/** What etcd holds, seen from outside of the world. */
public final class StoreView {
    private final MemoryStore store;
    private final KeyLayout keys;

    StoreView(MemoryStore store, KeyLayout keys) {
        this.store = store;
        this.keys = keys;
    }

    /** Who holds the leader lock. */
    public Optional<String> leader() {
        return leaderEntry().map(RawEntry::text);
    }

    /** The lease of the leader lock. */
    public Optional<Long> leaderLease() {
        return leaderEntry().map(RawEntry::leaseId);
    }

    private Optional<RawEntry> leaderEntry() {
        return store.entry(keys.leader());
    }

    /** What stands in {@code history}, as it was written. */
    public Optional<RawEntry> history() {
        return store.entry(keys.history());
    }

    /** The system identifier in {@code initialize}; empty text while somebody bootstraps. */
    public Optional<String> initialize() {
        return store.entry(keys.initialize()).map(RawEntry::text);
    }

    /** The key sync as it was written; another object after each write. */
    public Optional<RawEntry> syncEntry() {
        return store.entry(keys.sync());
    }

    /** What the key sync says. */
    public Optional<SyncState> sync() {
        return syncEntry().map(entry -> SyncCodec.decode(entry.value(), entry.modRevision()));
    }

    /** Everything, parsed. */
    public ClusterView cluster() {
        return new ClusterViewParser(keys).parse(store.dump(keys.prefix()), 0);
    }
}
