package io.pgha.agent.runtime;

import io.pgha.agent.watchdog.Device;
import io.pgha.agent.watchdog.LinuxDevice;
import io.pgha.agent.watchdog.TestingDevice;
import io.pgha.agent.watchdog.Watchdog;
import io.pgha.agent.watchdog.Watchdog.Plan;
import io.pgha.agent.watchdog.Watchdog.Use;
import io.pgha.config.WatchdogConfig;
import io.pgha.core.model.HaSettings;
import java.time.Duration;
import java.util.Map;

/** What the section {@code watchdog} means with the times in force (facts §5.20). */
final class WatchdogPlans {
    /** The drivers by their names in the configuration. */
    static final Map<String, Device.Driver> DRIVERS =
            Map.of("default", LinuxDevice::open, "linux", LinuxDevice::open, "testing", TestingDevice::open);

    private WatchdogPlans() {}

    /**
     * The plan. A device that is not there when the configuration is read is not counted with, unless it is required: the times
     * before the end of the lock depend on it, and they must not change by themselves.
     */
    static Plan of(WatchdogConfig config, HaSettings settings) {
        Use use = switch (config.mode()) {
            case OFF -> Use.OFF;
            case AUTOMATIC -> Use.AUTOMATIC;
            case REQUIRED -> Use.REQUIRED;
        };
        Plan plan = new Plan(
                use,
                config.device(),
                config.driver(),
                settings.ttl(),
                config.safetyMargin().orElse(settings.ttl().dividedBy(2)),
                settings.loopWait());
        return use == Use.AUTOMATIC && Watchdog.unfit(plan, DRIVERS).isPresent() ? plan.unused() : plan;
    }

    /** How long before the end of the lock the device fires; zero where none is counted with. */
    static Duration margin(Plan plan) {
        return plan.use() == Use.OFF || plan.timeout().isZero()
                ? Duration.ZERO
                : plan.ttl().minus(plan.timeout());
    }
}
