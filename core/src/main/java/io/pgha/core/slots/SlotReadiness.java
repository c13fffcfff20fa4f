package io.pgha.core.slots;

import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotStatus;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which logical slots of a standby could be used after a promotion (facts §5.14, step 9). A copy decodes old changes with
 * the catalogs of their time; until the leader keeps those for this standby (hot_standby_feedback through its physical
 * slot), vacuum may have removed rows there that the copy needs, and the removal is replayed here.
 *
 * <p>A slot is ready when the copy here needs nothing older than what the leader's own logical slot protected at a moment
 * when the leader already kept for this standby what the copy needs: until that moment the logical slot protected the
 * rows, since then the physical one does.
 *
 * <p>The physical slot keeps what the most needy of all copies here needs. So it may well keep more than the leader's slot
 * of this copy ever did, for the sake of another slot that nobody reads: the copy is compared with both, and they are not
 * compared with each other. A physical slot that keeps less than the copy needs begins the wait anew.
 *
 * <p>What one leader keeps says nothing of the next one: the wait begins anew with each.
 *
 * @param leader whom this standby follows, on which timeline; empty text: nobody yet
 * @param server start time of the postmaster whose slots these are
 * @param unready by name: the leader's catalog_xmin of the slot when the leader first kept for this standby what the copy
 *     needs; empty until then
 */
public record SlotReadiness(String leader, String server, Map<String, Optional<Long>> unready) {
    /** No slots are known. */
    public static final SlotReadiness NONE = new SlotReadiness("", "", Map.of());

    private static final long HALF = 1L << 31;

    public SlotReadiness {
        unready = Collections.unmodifiableMap(new TreeMap<>(unready));
    }

    /** After a look at the own server: whatever is copied by a restart is unready. */
    public SlotReadiness seeing(ServerStatus status) {
        boolean same = server.equals(status.postmasterStartTime());
        Set<String> copies = status.inRecovery() ? copies(status) : Set.of();
        if (copies.isEmpty() && same && unready.isEmpty()) {
            return this;
        }
        Map<String, Optional<Long>> next = new HashMap<>();
        for (String name : copies) {
            if (!same) {
                next.put(name, Optional.empty());
            } else if (unready.containsKey(name)) {
                next.put(name, unready.get(name));
            }
        }
        return new SlotReadiness(leader, status.postmasterStartTime(), next);
    }

    private static Set<String> copies(ServerStatus status) {
        return status.slots().stream()
                .filter(slot -> slot.logical() && !slot.synced())
                .map(SlotStatus::name)
                .collect(Collectors.toSet());
    }

    /** After a look at who leads, on which timeline; empty text: nobody. */
    public SlotReadiness following(String newLeader) {
        if (newLeader.isEmpty() || newLeader.equals(leader)) {
            return this;
        }
        Map<String, Optional<Long>> next = new HashMap<>();
        unready.keySet().forEach(name -> next.put(name, Optional.empty()));
        return new SlotReadiness(newLeader, server, next);
    }

    /**
     * After a leader's answer.
     *
     * @param from who gave it, on which timeline; that of a leader of before says nothing
     */
    public SlotReadiness hearing(String from, SlotHorizon horizon, ServerStatus status) {
        if (!from.equals(leader)) {
            return this;
        }
        Map<String, Optional<Long>> next = new HashMap<>();
        unready.forEach((name, since) -> {
            Optional<Long> here = needed(name, status);
            boolean kept = here.isPresent()
                    && horizon.ofStandby()
                            .filter(oldest -> isNotAfter(oldest, here.get()))
                            .isPresent();
            Optional<Long> first = kept
                    ? since.or(() -> Optional.ofNullable(horizon.ofLogical().get(name)))
                    : Optional.empty();
            if (first.filter(oldest -> isNotAfter(oldest, here.orElseThrow())).isEmpty()) {
                next.put(name, first);
            }
        });
        return new SlotReadiness(leader, server, next);
    }

    private static Optional<Long> needed(String name, ServerStatus status) {
        return status.slots().stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .flatMap(SlotStatus::catalogXmin);
    }

    /** The names of those that may miss something after a promotion, sorted. */
    public Set<String> names() {
        return unready.keySet();
    }

    /** Transaction numbers are compared as on a circle, as PostgreSQL does. */
    private static boolean isNotAfter(long one, long other) {
        return ((other - one) & 0xFFFF_FFFFL) < HALF;
    }
}
