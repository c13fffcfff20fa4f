package io.pgha.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The section {@code watchdog} (facts §2.4).
 *
 * @param mode whether a device is used
 * @param device its path
 * @param safetyMargin how long before the end of the ttl the device fires; empty (-1): at half the ttl
 * @param driver {@code default}
 */
public record WatchdogConfig(Mode mode, String device, Optional<Duration> safetyMargin, String driver) {

    /** Whether the watchdog device is used. */
    public enum Mode {
        OFF,
        /** Used where it works. */
        AUTOMATIC,
        /** Without it a node does not become leader. */
        REQUIRED
    }
}
