package io.pgha.agent.watchdog;

import io.pgha.agent.port.Fence.FenceStatus;
import io.pgha.core.model.LeaseTimes;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watchdog device of this node (facts §5.20, reliability.md S7): open while this node holds the leader lock, told that all is well
 * only after a renewal that the DCS confirmed, and never for longer than the lock holds. Thread-safe.
 */
public final class Watchdog {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final Supplier<Plan> plans;
    private final Map<String, Device.Driver> drivers;
    private final Clock clock;

    private @Nullable Device device;
    private @Nullable Plan opened;
    private Duration actual = Duration.ZERO;
    private String problem = "";
    private MonotonicTime problemAt = new MonotonicTime(0);

    /**
     * What the operator wants.
     *
     * @param use whether and how
     * @param path of the device
     * @param driver its name
     * @param ttl of the lock
     * @param margin how long before the end of the lock the device fires; half the ttl where none is written
     * @param loopWait the longest time between two renewals
     */
    public record Plan(Use use, String path, String driver, Duration ttl, Duration margin, Duration loopWait) {
        /** No device. */
        public static final Plan NONE = new Plan(Use.OFF, "", "", Duration.ZERO, Duration.ZERO, Duration.ZERO);

        /** The time after the last word at which the device resets the machine. */
        public Duration timeout() {
            long seconds = Math.min(65_534, ttl.minus(margin).toSeconds());
            return Duration.ofSeconds(Math.max(0, seconds));
        }

        /** The same without the device. */
        public Plan unused() {
            return new Plan(Use.OFF, path, driver, ttl, margin, loopWait);
        }

        private boolean sameDevice(Plan other) {
            return path.equals(other.path) && driver.equals(other.driver);
        }
    }

    /** Whether and how the device is used. */
    public enum Use {
        OFF,
        AUTOMATIC,
        REQUIRED
    }

    /**
     * @param plans what is wanted now
     * @param drivers by name
     */
    public Watchdog(Supplier<Plan> plans, Map<String, Device.Driver> drivers, Clock clock) {
        this.plans = plans;
        this.drivers = Map.copyOf(drivers);
        this.clock = clock;
    }

    /**
     * The lock is proven.
     *
     * @param until how long
     */
    public synchronized void confirmed(MonotonicTime until) {
        Plan plan = plans.get();
        if (plan.use() == Use.OFF || (opened != null && !opened.sameDevice(plan))) {
            disarm();
        }
        boolean tooLate = clock.now().plus(plan.timeout()).isAfter(until);
        if (plan.use() == Use.OFF || (device == null && tooLate)) {
            // An old proof, at the end of a pause for example: opened now, it would fire after the end of the lock.
            return;
        }
        try {
            arm(plan);
            keepAlive(until);
        } catch (IOException e) {
            if (opened == null) {
                // Open, but never told how long to wait: nobody knows when it would fire.
                disarm();
            }
            trouble(plan, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void arm(Plan plan) throws IOException {
        Optional<String> unfit = unfit(plan);
        if (unfit.isPresent()) {
            disarm();
            throw new IOException(unfit.get());
        }
        if (device == null) {
            device = Objects.requireNonNull(drivers.get(plan.driver()), "checked above")
                    .open(plan.path());
            actual = Duration.ZERO;
            opened = null;
        }
        if (opened == null || !opened.timeout().equals(plan.timeout())) {
            actual = device.timeout(plan.timeout());
            if (actual.compareTo(plan.loopWait()) < 0) {
                throw tooOdd("it fires after " + actual.toSeconds() + " s, which is less than loop_wait");
            }
            boolean tooLate = actual.compareTo(plan.timeout()) > 0;
            if (tooLate && plan.use() == Use.REQUIRED) {
                throw tooOdd("it fires after " + actual.toSeconds() + " s only, "
                        + plan.timeout().toSeconds() + " s are needed");
            }
            LOG.info("the watchdog device {} is armed and fires after {} s", plan.path(), actual.toSeconds());
            if (tooLate) {
                LOG.warn(
                        "the watchdog device fires after {} s, later than the {} s that are safe: it cannot be set",
                        actual.toSeconds(),
                        plan.timeout().toSeconds());
            }
        }
        opened = plan;
        problem = "";
    }

    private IOException tooOdd(String why) {
        disarm();
        return new IOException("the watchdog device is of no use: " + why);
    }

    /** Not when the renewal took so long that the device would fire after the end of the lock. */
    private void keepAlive(MonotonicTime until) throws IOException {
        Device open = device;
        Plan plan = opened;
        if (open == null || plan == null) {
            return;
        }
        MonotonicTime fires = clock.now().plus(actual);
        if (fires.isAfter(until) && actual.compareTo(plan.timeout()) <= 0) {
            LOG.warn("the renewal took long: the watchdog device is not told, and fires if the next one does too");
            return;
        }
        open.ping();
    }

    private void trouble(Plan plan, String why) {
        problemAt = clock.now();
        if (!why.equals(problem)) {
            problem = why;
            if (plan.use() == Use.REQUIRED) {
                LOG.error("the watchdog device is required and cannot be used: {}", why);
            } else {
                LOG.info("no watchdog device: {}", why);
            }
        }
    }

    /** Nothing is to be watched any more: this node does not lead, or stops in order, or the cluster is paused. */
    public synchronized void disarm() {
        Device open = device;
        device = null;
        opened = null;
        if (open == null) {
            return;
        }
        try {
            if (open.disarm()) {
                LOG.info("the watchdog device is disarmed");
            } else {
                LOG.warn("the watchdog device cannot be disarmed: it resets this machine in {} s", actual.toSeconds());
            }
        } catch (IOException e) {
            LOG.error("the watchdog device cannot be disarmed and may reset this machine: {}", e.getMessage());
        }
    }

    /** Why this node must not lead: the device is required and cannot be used, as far as can be told without opening it. */
    public synchronized Optional<String> missing() {
        Plan plan = plans.get();
        if (plan.use() != Use.REQUIRED || device != null) {
            return Optional.empty();
        }
        // One that could not be opened a ttl ago may have become free.
        boolean fresh = !problem.isEmpty() && clock.now().since(problemAt).compareTo(plan.ttl()) < 0;
        return unfit(plan).or(() -> fresh ? Optional.of(problem) : Optional.empty());
    }

    private Optional<String> unfit(Plan plan) {
        return unfit(plan, drivers);
    }

    /** What speaks against a device, found without opening it. */
    public static Optional<String> unfit(Plan plan, Map<String, Device.Driver> drivers) {
        if (!drivers.containsKey(plan.driver())) {
            return Optional.of("watchdog.driver: there is no driver " + plan.driver());
        }
        Duration timeout = plan.timeout();
        Duration stopping = LeaseTimes.forTtl(timeout).demoteLead();
        if (timeout.minus(stopping).compareTo(plan.loopWait()) < 0) {
            return Optional.of("it would fire " + timeout.toSeconds()
                    + " s after a renewal (ttl less safety_margin), and with loop_wait "
                    + plan.loopWait().toSeconds() + " s there would be no time to stop in order before");
        }
        Path path = Path.of(plan.path());
        if (!Files.exists(path)) {
            return Optional.of(plan.path() + " does not exist");
        }
        return Files.isWritable(path) ? Optional.empty() : Optional.of(plan.path() + " cannot be written by this user");
    }

    /** For an operator. */
    public synchronized FenceStatus status() {
        Plan plan = plans.get();
        if (device != null) {
            return new FenceStatus(
                    true, plan.path() + " resets this machine " + actual.toSeconds() + " s after the last renewal");
        }
        if (plan.use() == Use.OFF) {
            return new FenceStatus(false, "not used");
        }
        return new FenceStatus(
                false,
                unfit(plan)
                        .or(() -> problem.isEmpty() ? Optional.empty() : Optional.of(problem))
                        .orElse("ready: this node does not lead"));
    }
}
