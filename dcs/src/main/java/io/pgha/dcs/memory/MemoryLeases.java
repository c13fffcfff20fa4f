package io.pgha.dcs.memory;

import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The leases of a store. */
final class MemoryLeases {
    /** Real lease ids are large; small ones would hide a mix-up with revisions. */
    private static final long FIRST_ID = 7_587_000_000_000_001L;

    private final Map<Long, Held> held = new TreeMap<>();
    private long nextId = FIRST_ID;

    long grant(Duration ttl, MonotonicTime now) {
        long id = nextId++;
        held.put(id, new Held(ttl, now.plus(ttl)));
        return id;
    }

    boolean renew(long id, MonotonicTime now) {
        return held.computeIfPresent(id, (key, lease) -> lease.renewed(now)) != null;
    }

    void renewAll(MonotonicTime now) {
        held.replaceAll((id, lease) -> lease.renewed(now));
    }

    boolean exists(long id) {
        return held.containsKey(id);
    }

    /** All of them with their TTLs. */
    Map<Long, Duration> ttls() {
        Map<Long, Duration> ttls = new TreeMap<>();
        held.forEach((id, lease) -> ttls.put(id, lease.ttl()));
        return ttls;
    }

    void restore(long id, Duration ttl, MonotonicTime now) {
        held.put(id, new Held(ttl, now.plus(ttl)));
    }

    void remove(long id) {
        held.remove(id);
    }

    void clear() {
        held.clear();
    }

    /** Leases whose time is over. */
    List<Long> due(MonotonicTime now) {
        return held.entrySet().stream()
                .filter(entry -> !entry.getValue().end().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    Optional<MonotonicTime> nextExpiry() {
        return held.values().stream().map(Held::end).min(MonotonicTime::compareTo);
    }

    /** What is left of a lease, when it exists. */
    Optional<Duration> left(long id, MonotonicTime now) {
        return Optional.ofNullable(held.get(id)).map(lease -> lease.end().since(now));
    }

    private record Held(Duration ttl, MonotonicTime end) {
        Held renewed(MonotonicTime now) {
            return new Held(ttl, now.plus(ttl));
        }
    }
}
