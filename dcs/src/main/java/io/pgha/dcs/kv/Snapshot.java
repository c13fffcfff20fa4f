package io.pgha.dcs.kv;

import io.pgha.dcs.wire.RawEntry;
import java.util.List;

/**
 * All keys below a prefix at one revision.
 *
 * @param revision revision of the store at the read
 */
public record Snapshot(List<RawEntry> entries, long revision) {
    public Snapshot {
        entries = List.copyOf(entries);
    }
}
