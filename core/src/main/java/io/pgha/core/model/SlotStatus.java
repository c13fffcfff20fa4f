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
 * @param lost whether its WAL is gone ({@code wal_status = lost}, 13 and newer)
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
        boolean lost) {}
