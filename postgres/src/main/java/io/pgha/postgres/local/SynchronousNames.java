package io.pgha.postgres.local;

import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code synchronous_standby_names} is to be. The settings never decide it by themselves: on a primary with
 * synchronous mode a value that comes too early, or that vanishes when the agent starts anew, would acknowledge commits
 * that no standby has.
 */
final class SynchronousNames {
    static final String PARAMETER = "synchronous_standby_names";

    /** @param names what the agent wants; empty for the operator's own */
    private record Order(Optional<String> names) {}

    /** Null until somebody ordered something. */
    private volatile @Nullable Order last;

    void order(Optional<String> names) {
        last = new Order(names);
    }

    /** Puts the value that counts among the parameters; what stands in the file counts until something is ordered. */
    void apply(SortedMap<String, String> parameters, Optional<String> inFile) {
        Order order = last;
        Optional<String> counts = order == null ? inFile : order.names();
        counts.ifPresent(value -> parameters.put(PARAMETER, value));
    }
}
