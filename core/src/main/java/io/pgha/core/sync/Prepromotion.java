package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.SyncState;
import java.util.List;
import java.util.Optional;

/**
 * What to do just before PostgreSQL is promoted, so that the new primary's very first commit waits for whom the key
 * {@code sync} will name (facts §5.16 "Prepromote"). When the key cannot be written the promotion is postponed.
 */
public final class Prepromotion {
    private Prepromotion() {}

    /**
     * The steps; nothing when synchronous mode is off.
     *
     * @param me the member that holds the lock and is about to promote
     * @param key the key {@code sync}, when it is there
     */
    public static SyncPlan plan(String me, SyncSettings settings, Optional<SyncState> key) {
        return switch (settings.mode()) {
            case OFF -> SyncPlan.nothing("synchronous mode is off");
            case PRIORITY -> priority(me, settings, SyncPromise.of(key).orElse(SyncPromise.onlyMyself(me)));
            case QUORUM -> quorum(me, settings, SyncPromise.of(key).orElse(SyncPromise.onlyMyself(me)));
        };
    }

    /**
     * Strict mode goes on waiting for all former voters but me. They may stay voters if each had every acknowledged commit;
     * with a quorum left over from quorum mode that is not known, and they have to prove it first.
     */
    private static SyncPlan priority(String me, SyncSettings settings, SyncPromise before) {
        NameSet others = settings.strict() ? before.voters().minus(me) : NameSet.NONE;
        NameSet voters = before.quorum() == 0 ? others : NameSet.NONE;
        SyncNames names = others.isEmpty() ? settings.namesForNobody() : SyncNames.allOf(others);
        return new SyncPlan(
                List.of(new SyncStep.SetNames(names), new SyncStep.WriteSyncKey(new SyncPromise(me, 0, voters))),
                "before the promotion: writes will wait for " + names);
    }

    /**
     * The key goes over to me before the first commit, with what is true of the former ones: the holders but me, among the
     * voters but me, have them. Facts §5.16 write nothing here, so that the former leader could come back, compare itself
     * with a voter that has not heard of me, and win without my first commits.
     *
     * <p>At least one acknowledges, also where facts §5.16 ask for that in strict mode only: in quorum mode the operator
     * would otherwise get commits on this node alone although standbys are on their way.
     */
    private static SyncPlan quorum(String me, SyncSettings settings, SyncPromise before) {
        NameSet others = before.voters().minus(me);
        int number = before.holders() - (before.voters().contains(me) ? 1 : 0);
        SyncNames names = others.isEmpty()
                ? settings.namesForNobody()
                : SyncNames.quorum(Math.min(number, others.size()), others);
        SyncPromise mine = number > 0 && !others.isEmpty()
                ? new SyncPromise(me, others.size() - Math.min(number, others.size()), others)
                : SyncPromise.onlyMyself(me);
        return new SyncPlan(
                List.of(new SyncStep.SetNames(names), new SyncStep.WriteSyncKey(mine)),
                "before the promotion: writes will wait for " + names);
    }
}
