package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Priority mode (facts §5.16): every chosen standby must acknowledge, and the key names those of which it is certain that
 * they have everything. The key shrinks before PostgreSQL waits for fewer, and grows after it waits for more. Whoever is confirmed
 * before the names change stays so: the names before required it, and the names afterwards do too.
 */
final class PrioritySync {
    /** How long new names may take to become effective (facts §5.16 step 7). */
    static final Duration SETTLE = Duration.ofSeconds(2);

    private final SyncPicture picture;
    private final NameSet picked;
    private final NameSet confirmed;
    private final List<SyncStep> steps = new ArrayList<>();
    private SyncPromise promise;

    private PrioritySync(SyncPicture picture) {
        this.picture = picture;
        this.picked = picture.active();
        this.confirmed = picture.confirmed();
        this.promise = picture.promise().orElse(SyncPromise.onlyMyself(picture.me()));
    }

    static SyncPlan plan(SyncPicture picture) {
        return new PrioritySync(picture).plan();
    }

    private SyncPlan plan() {
        claim();
        if (StrictHold.applies(picture)) {
            SyncPlan hold = StrictHold.plan(picture, promise);
            steps.addAll(hold.steps());
            return new SyncPlan(steps, hold.reason());
        }
        withdraw();
        setNames();
        if (!confirmed.equals(promise.voters())) {
            write(confirmed);
        }
        if (!confirmed.equals(picked)) {
            steps.add(new SyncStep.Reevaluate(SETTLE));
        }
        return new SyncPlan(steps, reason());
    }

    /** Steps 1 and 2: the key is missing or another primary's; its voters promise nothing about my commits. */
    private void claim() {
        boolean mine = picture.promise().filter(kept -> kept.isBy(picture.me())).isPresent();
        if (!mine) {
            write(NameSet.NONE);
        }
    }

    /** Steps 3 and 6: whoever is not certain leaves the key before PostgreSQL stops waiting for it. */
    private void withdraw() {
        NameSet common = promise.voters().and(confirmed);
        if (!common.equals(promise.voters()) || promise.quorum() != 0) {
            write(common);
        }
    }

    /** Steps 5 and 7: PostgreSQL waits for all that were picked, in the syntax of priority mode. */
    private void setNames() {
        SyncNames wanted = picked.isEmpty() ? SyncNames.OFF : SyncNames.allOf(picked);
        if (!wanted.equals(picture.names())) {
            steps.add(new SyncStep.SetNames(wanted));
        }
    }

    private void write(NameSet voters) {
        promise = new SyncPromise(picture.me(), 0, voters);
        steps.add(new SyncStep.WriteSyncKey(promise));
    }

    private String reason() {
        if (picked.isEmpty()) {
            return "no standby can be synchronous: writes wait for nobody";
        }
        return confirmed.equals(picked)
                ? "synchronous with " + picked
                : "waiting until " + picked.minus(confirmed) + " has every acknowledged commit";
    }
}
