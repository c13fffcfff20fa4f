package io.pgha.core.model;

import java.util.Optional;

/**
 * A row of {@code pg_replication_slots}.
 *
 * @param name the slot's name
 * @param logical whether it is a logical slot
 * @param database of a logical slot
 * @param plugin of a logical slot
 * @param active whether somebody streams from it
 * @param restartLsn oldest WAL that it keeps
 * @param confirmedFlushLsn of a logical slot
 * @param xmin whether it holds back vacuum by a non-null xmin
 * @param catalogXmin from which transaction on it keeps rows of catalogs
 * @param lost whether its WAL is gone ({@code wal_status = lost}, 13 and newer)
 * @param failover whether the server's own slot synchronisation takes care of it (17 and newer)
 * @param synced whether it is a copy that the server's own slot synchronisation made (17 and newer)
 */
public record SlotStatus(
        String name,
        boolean logical,
        Optional<String> database,
        Optional<String> plugin,
        boolean active,
        Optional<Lsn> restartLsn,
        Optional<Lsn> confirmedFlushLsn,
        boolean xmin,
        Optional<Long> catalogXmin,
        boolean lost,
        boolean failover,
        boolean synced) {

    /** A physical slot that holds back no vacuum. */
    public static SlotStatus physical(String name, boolean active, Optional<Lsn> restartLsn) {
        return new SlotStatus(
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                active,
                restartLsn,
                Optional.empty(),
                false,
                Optional.empty(),
                false,
                false,
                false);
    }

    /** A logical slot that nobody uses now. */
    public static SlotStatus logical(String name, PermanentSlot.Logical kind, Lsn confirmedFlushLsn) {
        return new SlotStatus(
                name,
                true,
                Optional.of(kind.database()),
                Optional.of(kind.plugin()),
                false,
                Optional.of(confirmedFlushLsn),
                Optional.of(confirmedFlushLsn),
                false,
                Optional.empty(),
                false,
                false,
                false);
    }

    /** Its position as the leader publishes it (facts §1.6). */
    public Optional<Lsn> position() {
        return logical ? confirmedFlushLsn : restartLsn;
    }

    /** Whether it is the slot that this entry of {@code slots} asks for. */
    public boolean isOf(PermanentSlot.Logical kind) {
        return logical
                && database.filter(kind.database()::equals).isPresent()
                && plugin.filter(kind.plugin()::equals).isPresent();
    }
}
