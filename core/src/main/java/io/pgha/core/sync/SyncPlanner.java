package io.pgha.core.sync;

import java.util.ArrayList;
import java.util.List;

/** What the lock's owner, running as primary, has to do about synchronous replication now (facts §5.16). */
public final class SyncPlanner {
    private SyncPlanner() {}

    /** The plan for the configured mode. */
    public static SyncPlan plan(SyncPicture picture) {
        return switch (picture.settings().mode()) {
            case OFF -> off(picture);
            case PRIORITY -> PrioritySync.plan(picture);
            case QUORUM -> QuorumSync.plan(picture);
        };
    }

    /** Withdraws the promise first, then stops keeping it. */
    private static SyncPlan off(SyncPicture picture) {
        List<SyncStep> steps = new ArrayList<>();
        if (picture.key().isPresent()) {
            steps.add(new SyncStep.DeleteSyncKey());
        }
        if (!picture.names().equals(picture.settings().ownNames())) {
            steps.add(new SyncStep.RestoreOwnNames());
        }
        return new SyncPlan(steps, "synchronous mode is off");
    }
}
