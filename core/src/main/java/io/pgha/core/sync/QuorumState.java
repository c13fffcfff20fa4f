package io.pgha.core.sync;

import io.pgha.core.model.NameSet;

/**
 * The state that {@link QuorumResolver} starts from (facts §5.16, letters as there).
 *
 * @param leader L: the primary that the key {@code sync} names
 * @param quorum q: how many other voters must be compared, from the key
 * @param voters V: from the key
 * @param number k: how many standbys acknowledge each commit; never more than are listed
 * @param listed S: the members in {@code synchronous_standby_names}
 * @param confirmed c: how many active standbys have certainly every commit acknowledged before the names came into force
 * @param active A: the standbys that shall be synchronous
 * @param wantedNumber W: {@code synchronous_node_count}, at least 1
 * @param me M: the primary that plans
 */
public record QuorumState(
        String leader,
        int quorum,
        NameSet voters,
        int number,
        NameSet listed,
        int confirmed,
        NameSet active,
        int wantedNumber,
        String me) {
    public QuorumState {
        number = Math.min(number, listed.size());
        wantedNumber = Math.max(1, wantedNumber);
    }

    /** The same without standbys that are not listed yet. */
    QuorumState withoutJoining() {
        return with(active.and(listed), wantedNumber);
    }

    /** The same for as many acknowledgements as now. */
    QuorumState withPresentNumber() {
        return with(active, number);
    }

    private QuorumState with(NameSet newActive, int newWanted) {
        return new QuorumState(leader, quorum, voters, number, listed, confirmed, newActive, newWanted, me);
    }

    SyncPromise promise() {
        return new SyncPromise(leader, quorum, voters);
    }
}
