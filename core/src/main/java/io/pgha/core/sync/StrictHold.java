package io.pgha.core.sync;

import io.pgha.core.model.SyncNames;
import java.util.ArrayList;
import java.util.List;

/**
 * Strict mode while no standby can be synchronous: the primary waits, and the voters stay what they are, so that they may
 * still take over (facts §5.16 "Strict").
 */
final class StrictHold {
    private StrictHold() {}

    static boolean applies(SyncPicture picture) {
        return picture.settings().strict() && picture.active().isEmpty();
    }

    /**
     * Keeps or restores the names that keep the promise, the placeholder when it names no voters. Names that fell short of
     * the promise may have let commits pass without the voters, so then it is withdrawn instead: to restore the names would
     * not bring those commits to the voters.
     */
    static SyncPlan plan(SyncPicture picture, SyncPromise promise) {
        List<SyncStep> steps = new ArrayList<>();
        SyncPromise kept = promise;
        if (!promise.isKeptBy(picture.names(), picture.me())) {
            kept = SyncPromise.onlyMyself(picture.me());
            steps.add(new SyncStep.WriteSyncKey(kept));
        }
        SyncNames names = kept.voters().isEmpty()
                ? picture.settings().namesForNobody()
                : SyncNames.of(picture.settings().mode().kind(), kept.holders(), kept.voters());
        if (!names.equals(picture.names())) {
            steps.add(new SyncStep.SetNames(names));
        }
        return new SyncPlan(steps, "strict mode and no standby can be synchronous: writes wait for " + names);
    }
}
