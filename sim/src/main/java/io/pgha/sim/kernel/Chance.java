package io.pgha.sim.kernel;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The one source of randomness of a world: the seed decides everything. */
public final class Chance {
    private final SplittableRandom random;

    public Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** An independent source, so that more draws in one place do not shift those in another. */
    public Chance split() {
        return new Chance(random.split());
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public long nextLong() {
        return random.nextLong();
    }

    public Duration between(Duration least, Duration most) {
        long span = most.toNanos() - least.toNanos();
        return least.plusNanos(span <= 0 ? 0 : random.nextLong(span));
    }

    public Duration millis(long least, long most) {
        return between(Duration.ofMillis(least), Duration.ofMillis(most));
    }

    public <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
