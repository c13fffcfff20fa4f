package io.pgha.dcs.kv;

import io.pgha.dcs.wire.RawEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The newest that is known of each key: from reads, from the watch and from our own writes, in whatever order they
 * arrive. An entry is replaced only by one of a higher mod revision (facts §1.5a), and a deletion that is known is not
 * undone by an older write that arrives late. Not thread-safe.
 */
final class KeyCache {
    private final Map<String, RawEntry> entries = new TreeMap<>();
    private final Map<String, Long> deleted = new HashMap<>();
    private long revision;

    /** Takes over a full read. What is newer than the read stays. */
    void replaceWith(Snapshot snapshot) {
        Set<String> present = snapshot.entries().stream().map(RawEntry::key).collect(Collectors.toSet());
        entries.values()
                .removeIf(entry -> entry.modRevision() <= snapshot.revision() && !present.contains(entry.key()));
        deleted.values().removeIf(at -> at <= snapshot.revision());
        snapshot.entries().forEach(this::written);
        revision = Math.max(revision, snapshot.revision());
    }

    /**
     * Whether a read contradicts what is known: the store has gone back to an older state.
     *
     * @param least what was known before the read was sent
     */
    boolean isContradictedBy(Snapshot snapshot, long least) {
        return snapshot.revision() < least
                || snapshot.entries().stream().anyMatch(entry -> {
                    RawEntry known = entries.get(entry.key());
                    return known != null
                            && known.modRevision() > entry.modRevision()
                            && known.modRevision() <= snapshot.revision();
                });
    }

    /** Forgets everything. */
    void clear() {
        entries.clear();
        deleted.clear();
        revision = 0;
    }

    /** Takes over an event of the watch. */
    void apply(KeyEvent event) {
        if (event instanceof KeyEvent.Written written) {
            written(written.entry());
        } else {
            deleted(event.key(), event.revision());
        }
    }

    /** Takes over our own write; the revision at which the key came to be is kept where it was there before. */
    void wrote(Op.Put put, long at) {
        RawEntry before = entries.get(put.key());
        long created = before == null ? at : before.createRevision();
        written(new RawEntry(put.key(), put.value(), put.leaseId(), created, at));
    }

    private void written(RawEntry entry) {
        RawEntry known = entries.get(entry.key());
        boolean newer = known == null || known.modRevision() <= entry.modRevision();
        if (newer && deleted.getOrDefault(entry.key(), 0L) < entry.modRevision()) {
            entries.put(entry.key(), entry);
            deleted.remove(entry.key());
        }
        revision = Math.max(revision, entry.modRevision());
    }

    void deleted(String key, long at) {
        RawEntry known = entries.get(key);
        if (known == null || known.modRevision() <= at) {
            entries.remove(key);
            deleted.merge(key, at, Math::max);
        }
        revision = Math.max(revision, at);
    }

    void deletedBelow(String prefix, long at) {
        List<String> keys =
                entries.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
        keys.forEach(key -> deleted(key, at));
    }

    Optional<RawEntry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    List<RawEntry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** The highest revision seen. */
    long revision() {
        return revision;
    }
}
