package io.pgha.agent.runtime;

import io.pgha.config.DynamicConfig;
import io.pgha.config.SynchronousMode;
import java.util.ArrayList;
import java.util.List;

/** What a cluster-wide configuration asks for that this version does not do: an operator must not believe that it does. */
final class UnsupportedSettings {
    private UnsupportedSettings() {}

    /** One sentence for each, with what happens instead. */
    static List<String> in(DynamicConfig config) {
        List<String> found = new ArrayList<>();
        if (config.synchronousMode() != SynchronousMode.OFF) {
            found.add(
                    "synchronous_mode is not supported by this version: replication is asynchronous, and a failover may"
                            + " lose up to maximum_lag_on_failover");
        }
        return found;
    }
}
