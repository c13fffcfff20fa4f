package io.pgha.agent.port;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What the operator wrote, local and dynamic, as the loop needs it. Called on the loop's thread only. */
public interface Configuration {
    /** The settings in force. */
    HaSettings settings();

    /** Who this member is to others. */
    MemberIdentity identity();

    /**
     * Shows the dynamic configuration that stands in the DCS. A new one is applied; one that cannot be is reported and
     * the last good one stays in force. Cheap when its revision is known.
     */
    void offer(DynamicConfigKey config);

    /** Shows who is in the cluster: beside members of Patroni the times keep to Patroni's limits. Cheap when nothing changed. */
    default void among(ClusterView view) {}

    /** The shortest ttl that this member obeys where nobody else asks for a longer one. */
    default Duration shortestTtl() {
        return Duration.ofSeconds(5);
    }

    /** Whether that is the dynamic configuration in force: it was offered, and could be applied. */
    boolean isInForce(DynamicConfigKey config);

    /** The dynamic configuration in force, which a new leader writes into a DCS that has none. */
    Map<String, Object> dynamic();

    /** What is wrong with the dynamic configuration in the DCS, so that another one is in force; for an operator. */
    default Optional<String> complaint() {
        return Optional.empty();
    }

    /**
     * Tells whether members that may be promoted stream from this one: it then passes on which rows their logical slots
     * need. Cheap when it is the same.
     */
    default void feedsLogicalSlots(boolean feeds) {}

    /** Tells the role for which role-specific settings are to apply. Cheap when it is the same. */
    void role(Role role);
}
