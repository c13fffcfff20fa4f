package io.pgha.config;

import java.util.Locale;
import java.util.Optional;

/**
 * Named timings that spare the arithmetic (key {@code profile}). A ttl, loop_wait or retry_timeout that is written beside
 * the profile wins, because Patroni members of the cluster know only these.
 */
public enum Profile {
    /** A dead node is replaced within seven seconds; asks for an etcd that always answers within two. */
    FAST,
    /** Patroni's defaults. */
    NORMAL,
    /** Slow disks and networks cause no failover. */
    SAFE;

    /** What the name means in seconds. */
    public Timing timing() {
        return switch (this) {
            case FAST -> Timing.ofSeconds(5, 1, 2);
            case NORMAL -> Timing.DEFAULT;
            case SAFE -> Timing.ofSeconds(60, 10, 25);
        };
    }

    /** The profile with this name in any case. */
    public static Optional<Profile> named(String name) {
        for (Profile profile : values()) {
            if (profile.name().equals(name.trim().toUpperCase(Locale.ROOT))) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }
}
