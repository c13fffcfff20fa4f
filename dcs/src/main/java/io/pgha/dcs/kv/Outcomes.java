package io.pgha.dcs.kv;

import io.pgha.dcs.DcsOutcome;
import java.util.function.Function;

/** From the outcome of a request to the outcome of the call that it was part of. */
final class Outcomes {
    private Outcomes() {}

    /** The same failure with another type of result. */
    static <T> DcsOutcome<T> failed(DcsOutcome<?> outcome) {
        String reason = outcome.reason();
        if (outcome instanceof DcsOutcome.Refused) {
            return new DcsOutcome.Refused<>(reason);
        } else if (outcome instanceof DcsOutcome.LeaseLost) {
            return new DcsOutcome.LeaseLost<>(reason);
        } else if (outcome instanceof DcsOutcome.Denied) {
            return new DcsOutcome.Denied<>(reason);
        } else if (outcome instanceof DcsOutcome.Unavailable) {
            return new DcsOutcome.Unavailable<>(reason);
        } else if (outcome instanceof DcsOutcome.Unknown) {
            return new DcsOutcome.Unknown<>(reason);
        }
        throw new IllegalArgumentException("this outcome is no failure");
    }

    static DcsOutcome<Void> withoutValue(DcsOutcome<?> outcome) {
        return outcome.isDone() ? DcsOutcome.done() : failed(outcome);
    }

    static <A, B> DcsOutcome<B> then(DcsOutcome<A> outcome, Function<A, DcsOutcome<B>> next) {
        return outcome instanceof DcsOutcome.Done<A> done ? next.apply(done.value()) : failed(outcome);
    }
}
