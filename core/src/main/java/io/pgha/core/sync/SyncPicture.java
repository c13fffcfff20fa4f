package io.pgha.core.sync;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.WalSender;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a plan is made from, as observed by the lock's owner running as primary.
 *
 * @param me this member
 * @param settings what the operator wants
 * @param key the key {@code sync}, when it is there
 * @param names {@code synchronous_standby_names} as PostgreSQL shows them
 * @param active the standbys that shall be synchronous (facts §5.16)
 * @param confirmed those of them that certainly have every acknowledged commit
 */
public record SyncPicture(
        String me, SyncSettings settings, Optional<SyncState> key, SyncNames names, NameSet active, NameSet confirmed) {
    public SyncPicture {
        confirmed = confirmed.and(active);
    }

    /**
     * The picture that one observation gives.
     *
     * @param inForce the names and since when, see {@link NamesInForce#observed}
     * @param members all members of the cluster
     * @param senders the rows of {@code pg_stat_replication}
     * @param primary this primary's flush position
     */
    public static SyncPicture observed(
            String me,
            SyncSettings settings,
            Optional<SyncState> key,
            NamesInForce inForce,
            Collection<Member> members,
            Collection<WalSender> senders,
            Lsn primary) {
        if (settings.mode() == SyncMode.OFF) {
            return new SyncPicture(me, settings, key, inForce.names(), NameSet.NONE, NameSet.NONE);
        }
        List<SyncCandidate> chosen = new SyncCandidates(me, members, settings).chosen(senders, primary);
        NameSet active = NameSet.of(chosen.stream().map(SyncCandidate::name).toList());
        NameSet proven = settings.mode() == SyncMode.PRIORITY ? proven(me, key, inForce.names()) : NameSet.NONE;
        NameSet confirmed = inForce.confirmed(settings.mode(), chosen, proven);
        return new SyncPicture(me, settings, key, inForce.names(), active, confirmed);
    }

    /** What the key promises; empty when it is missing. */
    public Optional<SyncPromise> promise() {
        return SyncPromise.of(key);
    }

    /**
     * Whom the key names as having every acknowledged commit. Only if this primary wrote it, for all voters, and still
     * keeps it: after a switch from quorum mode, or when somebody emptied the names, the key is no proof.
     */
    private static NameSet proven(String me, Optional<SyncState> key, SyncNames names) {
        return SyncPromise.of(key)
                .filter(promise -> promise.isBy(me) && promise.quorum() == 0 && promise.isKeptBy(names, me))
                .map(SyncPromise::voters)
                .orElse(NameSet.NONE);
    }
}
