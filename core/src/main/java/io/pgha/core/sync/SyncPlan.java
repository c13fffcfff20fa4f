package io.pgha.core.sync;

import java.util.List;
import java.util.Optional;

/**
 * Steps to be carried out in order. It is safe to stop after any of them, for whatever reason, and to plan anew from what is
 * observed then; the first that fails voids the rest.
 *
 * @param steps nothing to do when empty
 * @param reason one sentence for the log
 */
public record SyncPlan(List<SyncStep> steps, String reason) {
    public SyncPlan {
        steps = List.copyOf(steps);
    }

    /** Everything is as it should be. */
    public static SyncPlan nothing(String reason) {
        return new SyncPlan(List.of(), reason);
    }

    public boolean isNothing() {
        return steps.isEmpty();
    }

    /** The step to begin with. */
    public Optional<SyncStep> first() {
        return steps.stream().findFirst();
    }
}
