package io.pgha.dcs.kv;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The attempts of one call: they share one deadline, and what was certainly not carried out is tried again after a pause
 * of 0.1 s, doubling up to 1 s (facts §1.1). What may have been carried out is tried again only where that does no harm.
 */
final class Attempts {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration TOO_SHORT = Duration.ofMillis(20);

    private final Clock clock;
    private final Consumer<Duration> pacer;
    private final MonotonicTime deadline;
    private final Duration share;
    private boolean unsure;

    /**
     * @param budget time for all attempts together
     * @param share the longest that one attempt may take
     */
    Attempts(Clock clock, Consumer<Duration> pacer, Duration budget, Duration share) {
        this.clock = clock;
        this.pacer = pacer;
        this.deadline = clock.now().plus(budget);
        this.share = share;
    }

    /** What is left of the budget; never negative. */
    Duration left() {
        Duration left = deadline.since(clock.now());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether an earlier attempt may have been carried out without our knowing. */
    boolean unsure() {
        return unsure;
    }

    /** Tries until there is an answer or the time is over. For what may be carried out twice. */
    <T> DcsOutcome<T> repeat(Function<Duration, DcsOutcome<T>> attempt) {
        return run(attempt, true);
    }

    /** The same for what must not be carried out twice: the first attempt without an answer is the last one. */
    <T> DcsOutcome<T> once(Function<Duration, DcsOutcome<T>> attempt) {
        return run(attempt, false);
    }

    private <T> DcsOutcome<T> run(Function<Duration, DcsOutcome<T>> attempt, boolean repeatable) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            Duration left = left();
            if (left.isZero()) {
                String reason = "the time for the call was over before it was sent";
                return unsure ? new DcsOutcome.Unknown<>(reason) : new DcsOutcome.Unavailable<>(reason);
            }
            DcsOutcome<T> outcome = attempt.apply(shorter(left, share));
            boolean unknown = outcome instanceof DcsOutcome.Unknown;
            unsure |= unknown;
            if (!(outcome instanceof DcsOutcome.Unavailable) && !(unknown && repeatable)) {
                return outcome;
            }
            if (left().compareTo(pause.plus(TOO_SHORT)) < 0) {
                return unsure ? new DcsOutcome.Unknown<>(outcome.reason()) : outcome;
            }
            if (!paused(pause)) {
                return unsure ? new DcsOutcome.Unknown<>(outcome.reason()) : outcome;
            }
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    /** Whether time went by: it does not for a thread that was interrupted or a client that was closed. */
    private boolean paused(Duration pause) {
        MonotonicTime before = clock.now();
        pacer.accept(pause);
        return clock.now().since(before).compareTo(pause.dividedBy(2)) >= 0;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
