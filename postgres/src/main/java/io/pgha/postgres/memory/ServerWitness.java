package io.pgha.postgres.memory;

import io.pgha.core.model.Lsn;

/** Is told what happens to servers: the eyes of a test. All methods are called at the moment when it happens. */
public interface ServerWitness {
    /** Sees nothing. */
    ServerWitness NONE = new ServerWitness() {};

    /** Anything, in words. */
    default void happened(String server, String what) {}

    /** A server takes writes from now on, in that branch. */
    default void openedForWrites(MemoryServer server, Branch branch) {}

    /** A server waits for other standbys from now on. */
    default void waitsFor(MemoryServer server) {}

    /** initdb begins. */
    default void initializing(MemoryServer server) {}

    /** A data directory is gone for good; the server no longer has it. */
    default void removed(MemoryServer server, DataFolder folder) {}

    /** Data that a new copy had replaced is gone for good. */
    default void discarded(MemoryServer server, DataFolder folder) {}

    /** The end of its WAL is gone, flushed or not. */
    default void lostEnd(MemoryServer server, DataFolder folder) {}

    /** A rewind throws away what this data directory has beyond the source's history; called before it does. */
    default void rewinding(MemoryServer server, MemoryServer source) {}

    /** A replication slot is gone: what its user does not have yet need not be kept any more. */
    default void slotDropped(MemoryServer server, String slot) {}

    /** A primary has a new logical slot: its consumer begins there. */
    default void logicalSlotMade(MemoryServer server, String slot) {}

    /** The consumer of a logical slot got everything that a primary has from this position on. */
    default void decoded(MemoryServer server, String slot, Lsn from) {}

    /** PostgreSQL took one history for another one of the same number: data is damaged without notice. */
    default void mixed(MemoryServer server, Branch own, Branch foreign, Lsn position) {}
}
