package io.pgha.core.decide;

import io.pgha.core.model.ClusterView;

/** What this cycle saw of the DCS. */
public sealed interface DcsSight {
    /** @param view what stands there */
    record Seen(ClusterView view) implements DcsSight {}

    /** @param reason why nothing could be read */
    record Unseen(String reason) implements DcsSight {}
}
