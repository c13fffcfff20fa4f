package io.pgha.sim.world;

import io.pgha.postgres.memory.Luck;
import io.pgha.postgres.memory.Step;
import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How long steps of one server take in this world, and which of them fail now and then. */
public final class SimLuck implements Luck {
    private final Chance chance;
    private int slowness = 1;
    private int failsOneIn;
    private final Map<Step, String> forbidden = new EnumMap<>(Step.class);
    private Optional<Duration> recovery = Optional.empty();
    private Optional<Duration> start = Optional.empty();

    SimLuck(Chance chance) {
        this.chance = chance;
    }

    /** Lets every step take up to this many times longer. */
    public void slow(int times) {
        slowness = times;
    }

    /** Lets one of so many copies, rewinds and starts fail; 0: none. */
    public void fail(int oneIn) {
        failsOneIn = oneIn;
    }

    /** Lets that step fail, always. */
    public void forbid(Step step, String why) {
        forbidden.put(step, why);
    }

    public void allow(Step step) {
        forbidden.remove(step);
    }

    /** Lets crash recovery take that long; empty: the usual time. */
    public void recovery(Optional<Duration> time) {
        recovery = time;
    }

    /** Lets a start take that long; empty: the usual time. */
    public void start(Optional<Duration> time) {
        start = time;
    }

    @Override
    public Duration duration(Step step) {
        if (step == Step.START && start.isPresent()) {
            return start.get();
        }
        if (step == Step.CRASH_RECOVERY && recovery.isPresent()) {
            return recovery.get();
        }
        long usual = step.usual().toNanos();
        Duration usualSpread = chance.between(Duration.ofNanos(usual / 4), Duration.ofNanos(usual * 7 / 4));
        return slowness == 1 || step == Step.QUIT ? usualSpread : usualSpread.multipliedBy(1 + chance.below(slowness));
    }

    @Override
    public Optional<String> trouble(Step step) {
        if (forbidden.containsKey(step)) {
            return Optional.of(forbidden.get(step));
        }
        boolean fails = failsOneIn > 0
                && switch (step) {
                    case BASEBACKUP, REWIND, START, PRE_PROMOTE, CRASH_RECOVERY -> chance.oneIn(failsOneIn);
                    default -> false;
                };
        return fails ? Optional.of("bad luck with " + step) : Optional.empty();
    }
}
