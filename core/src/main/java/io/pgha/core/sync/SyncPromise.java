package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncState;
import java.util.Optional;

/**
 * What the key {@code sync} promises (facts §1.8): every acknowledged commit is on all but {@code quorum} of the voters, so
 * a voter that compares itself with {@code quorum} others cannot miss one.
 *
 * @param leader the primary that keeps the promise
 * @param quorum how many other voters must be compared; 0: every voter has every acknowledged commit
 * @param voters who may take over, besides the leader itself
 */
public record SyncPromise(String leader, int quorum, NameSet voters) {
    /** Nobody but the leader may lead: true of every primary, whatever PostgreSQL waits for. */
    public static SyncPromise onlyMyself(String leader) {
        return new SyncPromise(leader, 0, NameSet.NONE);
    }

    /** What the key says; empty when the key is missing or names no leader. */
    public static Optional<SyncPromise> of(Optional<SyncState> key) {
        return key.flatMap(state -> state.leader()
                .filter(name -> !name.isEmpty())
                .map(leader -> new SyncPromise(leader, state.quorum(), NameSet.of(state.voters()))));
    }

    /** The key's content, to be written over the version with this revision. */
    public SyncState toState(long modRevision) {
        return new SyncState(Optional.of(leader), quorum, voters.sorted(), modRevision);
    }

    public boolean isBy(String member) {
        return leader.equalsIgnoreCase(member);
    }

    /** How many of the voters have each acknowledged commit, at least; not negative. */
    public int holders() {
        return Math.max(0, voters.size() - Math.max(0, quorum));
    }

    /**
     * Whether these names, in force on the primary {@code me}, keep the promise for the commits to come: the invariants of
     * facts §5.16. Every set of voters large enough to elect meets every set of standbys large enough to acknowledge.
     */
    public boolean isKeptBy(SyncNames names, String me) {
        return isKept(names.guaranteed(), names.members(), me);
    }

    boolean isKept(int number, NameSet listed, String me) {
        NameSet electing = voters.plus(leader);
        NameSet acknowledging = listed.plus(me);
        boolean enough = voters.isEmpty() || electing.plus(acknowledging).size() <= quorum + number + 1;
        return enough && (electing.containsAll(acknowledging) || acknowledging.containsAll(electing));
    }
}
