package io.pgha.dcs.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.dcs.wire.RawEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyCacheTest {
    /** Whatever order own writes, reads and events arrive in: at the end the cache is what the store is. */
    @Property
    void theCacheEndsAsTheStore(@ForAll long seed) {
        Random random = new Random(seed);
        TreeMap<String, RawEntry> store = new TreeMap<>();
        List<KeyEvent> events = new ArrayList<>();
        KeyCache cache = new KeyCache();
        int delivered = 0;
        for (long revision = 2; revision < 40; revision++) {
            String key = "k" + random.nextInt(4);
            RawEntry before = store.get(key);
            if (random.nextInt(3) == 0 && before != null) {
                store.remove(key);
                events.add(new KeyEvent.Deleted(key, revision));
                if (random.nextBoolean()) {
                    cache.deleted(key, revision);
                }
            } else {
                Op.Put put = new Op.Put(key, "v" + revision, 0);
                long created = before == null ? revision : before.createRevision();
                RawEntry entry = new RawEntry(key, put.value(), 0, created, revision);
                store.put(key, entry);
                events.add(new KeyEvent.Written(entry));
                if (random.nextInt(3) == 0) {
                    cache.wrote(put, revision);
                }
            }
            if (random.nextInt(5) == 0) {
                cache.replaceWith(new Snapshot(List.copyOf(store.values()), revision));
            }
            while (delivered < events.size() && random.nextInt(3) != 0) {
                cache.apply(events.get(delivered++));
            }
        }
        events.subList(delivered, events.size()).forEach(cache::apply);
        assertThat(cache.entries()).usingRecursiveComparison().isEqualTo(List.copyOf(store.values()));
        assertThat(cache.revision()).isEqualTo(39);
    }

    @Test
    void anOldWriteThatArrivesLateDoesNotUndoADeletion() {
        KeyCache cache = new KeyCache();
        cache.deleted("k", 10);
        cache.apply(new KeyEvent.Written(new RawEntry("k", "old".getBytes(StandardCharsets.UTF_8), 0, 8, 8)));
        assertThat(cache.entry("k")).isEmpty();
        cache.apply(new KeyEvent.Written(new RawEntry("k", "new".getBytes(StandardCharsets.UTF_8), 0, 11, 11)));
        assertThat(cache.entry("k")).isPresent();
    }
}
