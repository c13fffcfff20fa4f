package io.pgha.restapi;

import io.pgha.core.model.ClusterView;
import java.util.Optional;

/** Reads the cluster's keys afresh. May block; the server waits for it 2 seconds at most, on a thread of its own. */
@FunctionalInterface
public interface ClusterReader {
    /** The view, or empty when the DCS did not give one. */
    Optional<ClusterView> read();
}
