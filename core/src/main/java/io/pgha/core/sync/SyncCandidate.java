package io.pgha.core.sync;

import io.pgha.core.model.AckPosition;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.WalSender;
import java.util.Comparator;

/**
 * A standby that streams from this primary and may be synchronous.
 *
 * @param name the member's name
 * @param syncState {@code async}, {@code potential}, {@code sync} or {@code quorum}, as PostgreSQL sees it
 * @param position the position that commits wait for
 * @param priority tag {@code sync_priority}, higher is preferred
 * @param nofailover whether it may never lead, so that its acknowledgement helps less
 */
public record SyncCandidate(String name, String syncState, Lsn position, int priority, boolean nofailover) {
    /**
     * Best first (facts §5.16): whoever can lead before whoever cannot, then by priority, then whoever is synchronous
     * already, then whoever is furthest.
     */
    static final Comparator<SyncCandidate> BEST_FIRST = Comparator.comparing(SyncCandidate::nofailover)
            .thenComparing(Comparator.comparingInt(SyncCandidate::priority).reversed())
            .thenComparing(Comparator.comparing(SyncCandidate::syncState).reversed())
            .thenComparing(Comparator.comparing(SyncCandidate::position).reversed());

    static SyncCandidate of(Member member, WalSender sender, AckPosition position) {
        return new SyncCandidate(
                member.name(),
                sender.syncState(),
                position.of(sender),
                member.tags().syncPriority(),
                member.tags().nofailover());
    }
}
