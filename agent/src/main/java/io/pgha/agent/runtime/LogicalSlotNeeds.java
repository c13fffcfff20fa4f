package io.pgha.agent.runtime;

import io.pgha.config.EffectiveConfig;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.Tags;
import java.util.Map;

/**
 * What permanent logical slots need of a server, whatever the operator wrote: a standby that carries copies of them, or
 * that feeds one that does, tells the primary which rows of catalogs they need (facts §2.5).
 */
final class LogicalSlotNeeds {
    private static final Map<String, String> FEEDBACK = Map.of("hot_standby_feedback", "on");

    private LogicalSlotNeeds() {}

    /** The parameters of a node that may carry such slots itself. */
    static Map<String, String> ofCarrier(EffectiveConfig config) {
        Tags tags = new Tags(config.local().tags().effective());
        return tags.nofailover() ? Map.of() : ofUpstream(config);
    }

    /** The parameters of a node from which others stream that carry them. */
    static Map<String, String> ofUpstream(EffectiveConfig config) {
        Tags tags = new Tags(config.local().tags().effective());
        boolean logical = config.dynamic().permanentSlots().values().stream()
                .anyMatch(slot -> slot instanceof PermanentSlot.Logical);
        boolean streams = !tags.nostream()
                && config.postgresql().server().useSlots()
                && config.dynamic().standbyCluster().isEmpty();
        return logical && streams ? FEEDBACK : Map.of();
    }
}
