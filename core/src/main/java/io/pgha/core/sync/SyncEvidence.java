package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncNames;

/**
 * What is known for certain of who has every acknowledged commit, at one point of a plan.
 *
 * <p>The resolver's invariants speak of commits to come. A commit that was acknowledged before PostgreSQL took the present
 * names over is covered by the former promise only: when a voter that acknowledged it alone goes away, the others are not
 * fit to elect each other before one of them has caught up. Hence this second look before each promise.
 *
 * @param promise what the key says now
 * @param names in force
 * @param confirmed standbys that have every commit acknowledged before the names came into force
 */
record SyncEvidence(SyncPromise promise, SyncNames names, NameSet confirmed) {
    /** The same after the names were changed: nobody is known to have caught up with them. */
    SyncEvidence with(SyncNames newNames) {
        return new SyncEvidence(promise, newNames, NameSet.NONE);
    }

    SyncEvidence with(SyncPromise newPromise) {
        return new SyncEvidence(newPromise, names, confirmed);
    }

    /** Whether every acknowledged commit is, and will be, on as many of the voters as the promise says. */
    boolean supports(SyncPromise next) {
        return next.voters().isEmpty() || next.holders() <= certain(next.voters());
    }

    /** Whether it would be supported once every active standby that is listed has caught up. */
    boolean mayComeToSupport(SyncPromise next, NameSet active) {
        return new SyncEvidence(promise, names, names.members().and(active)).supports(next);
    }

    /** The promise that asks these voters for the fewest votes and is true. */
    SyncPromise best(String leader, NameSet voters) {
        int certain = certain(voters);
        return certain > 0 ? new SyncPromise(leader, voters.size() - certain, voters) : SyncPromise.onlyMyself(leader);
    }

    /** On how many of these voters every acknowledged commit is, and will be, for certain. */
    private int certain(NameSet voters) {
        int past = Math.max(inherited(voters), confirmed.and(voters).size());
        return Math.min(past, ongoing(voters));
    }

    /** On how many of the voters each commit under these names is, at least. */
    private int ongoing(NameSet voters) {
        return names.guaranteed() - names.members().minus(voters).size();
    }

    /** On how many of the voters the former promise puts each commit; a former leader has all of its own. */
    private int inherited(NameSet voters) {
        boolean withLeader =
                voters.contains(promise.leader()) && !promise.voters().contains(promise.leader());
        int lost = promise.voters().minus(voters).size();
        return promise.holders() - lost + (withLeader ? 1 : 0);
    }
}
