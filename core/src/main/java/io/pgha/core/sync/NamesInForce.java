package io.pgha.core.sync;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import java.util.List;

/**
 * The {@code synchronous_standby_names} in force, and since which position: every commit acknowledged before lies at or
 * before it, so a listed standby that has reached it has them all (facts §5.16 "Confirmed").
 *
 * <p>What must be remembered from cycle to cycle. After a change of the names the primary must produce a little WAL that
 * nobody waits for (a transaction with {@code synchronous_commit = off}), or an idle standby would never be seen to reach
 * the position. The names count as in force once PostgreSQL has reloaded them, not when the file is written.
 *
 * @param names as PostgreSQL shows them
 * @param since the primary's flush position, read after PostgreSQL had taken the names over
 */
public record NamesInForce(SyncNames names, Lsn since) {
    /** The same while the names are unchanged, else the new ones since this position. */
    public NamesInForce observed(SyncNames current, Lsn primaryFlushed) {
        return current.equals(names) ? this : new NamesInForce(current, primaryFlushed);
    }

    /**
     * The standbys of which it is certain that they have every acknowledged commit, as far as PostgreSQL waits for each of
     * them: in quorum mode the commits up to {@link #since}, in priority mode all. There, names that let a commit pass
     * without some of the list prove nothing, and whom the key names already need not prove it again.
     *
     * @param chosen from {@link SyncCandidates#chosen}
     * @param proven members of which the key {@code sync} says so already; nobody in quorum mode
     */
    public NameSet confirmed(SyncMode mode, List<SyncCandidate> chosen, NameSet proven) {
        String wanted = mode == SyncMode.QUORUM ? "quorum" : "sync";
        boolean telling = mode == SyncMode.QUORUM || names.requiresAll();
        NameSet listed = names.members();
        return NameSet.of(chosen.stream()
                .filter(candidate -> candidate.syncState().equals(wanted) && listed.contains(candidate.name()))
                .filter(candidate -> proven.contains(candidate.name()) || (telling && hasReached(candidate)))
                .map(SyncCandidate::name)
                .toList());
    }

    private boolean hasReached(SyncCandidate candidate) {
        return !since.isAfter(candidate.position());
    }
}
