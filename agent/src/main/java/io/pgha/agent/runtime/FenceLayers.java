package io.pgha.agent.runtime;

import io.pgha.agent.port.Fence;
import io.pgha.config.WatchdogConfig;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at the start which layers would stop PostgreSQL in time, and which are missing (design "Time and the lock", rule 4). */
final class FenceLayers {
    private static final Logger LOG = LoggerFactory.getLogger(FenceLayers.class);

    private FenceLayers() {}

    /** @param deadManTrouble why the dead-man cannot be armed; empty when it can */
    static void report(
            Optional<String> deadManTrouble,
            Map<String, String> environment,
            WatchdogConfig watchdog,
            Fence.FenceStatus device) {
        boolean systemd = !environment.getOrDefault("WATCHDOG_USEC", "").isEmpty();
        LOG.info(
                "fence layers: lease guard ready; dead-man {}; watchdog device (mode {}): {}; systemd watchdog {}",
                deadManTrouble.isEmpty() ? "ready" : "MISSING",
                watchdog.mode().name().toLowerCase(java.util.Locale.ROOT),
                device.detail(),
                systemd ? "on" : "off");
        deadManTrouble.ifPresent(trouble -> LOG.error(
                "NO DEAD-MAN: if this agent is killed or frozen while it leads, PostgreSQL goes on writing after its lock has"
                        + " ended, and two primaries may exist. Reason: {}",
                trouble));
    }
}
