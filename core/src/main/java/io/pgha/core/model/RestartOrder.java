package io.pgha.core.model;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator asks for with {@code POST /restart} (facts §3.8): conditions, and how long to wait.
 *
 * @param role restart only a member of this role
 * @param belowVersion restart only a server older than this, for example 150018
 * @param pendingOnly restart only when a restart is pending
 * @param timeout for the server to be up again; empty: {@code primary_start_timeout}
 */
public record RestartOrder(
        Optional<Role> role, OptionalInt belowVersion, boolean pendingOnly, Optional<Duration> timeout) {
    /** At once and without conditions. */
    public static final RestartOrder PLAIN =
            new RestartOrder(Optional.empty(), OptionalInt.empty(), false, Optional.empty());

    /**
     * The first condition that does not hold, as the end of a sentence.
     *
     * @param current role of this member
     * @param serverVersion of the running server; empty when it does not tell, which no limit is fulfilled by
     * @param pending whether a restart is pending
     */
    public Optional<String> unmet(Role current, OptionalInt serverVersion, boolean pending) {
        if (role.isPresent() && role.get() != current) {
            return Optional.of(
                    "the role is " + current.word() + " and not " + role.get().word());
        }
        if (belowVersion.isPresent()
                && (serverVersion.isEmpty() || serverVersion.getAsInt() >= belowVersion.getAsInt())) {
            return Optional.of("the server's version is "
                    + (serverVersion.isEmpty() ? "unknown" : String.valueOf(serverVersion.getAsInt()))
                    + " and not below " + belowVersion.getAsInt());
        }
        return pendingOnly && !pending ? Optional.of("no restart is pending") : Optional.empty();
    }
}
