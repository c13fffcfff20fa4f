package io.pgha.core.action;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PeerAnswer;
import java.time.Duration;
import java.util.List;

/** What came of an action. The decision table is asked again only after those that change what it sees. */
public sealed interface Outcome {
    /** The cycle ends here: nothing more is to be decided on what was observed. */
    record CycleEnds() implements Outcome {}

    /**
     * The cycle ends here, and what was observed is out of date: the next one reads everything anew.
     *
     * @param after when the next one is due at the latest
     */
    record LookAgain(Duration after) implements Outcome {}

    /**
     * The lock was won or renewed.
     *
     * @param validUntil how long it is good for, counted from before the request was sent
     */
    record LockHeld(MonotonicTime validUntil) implements Outcome {}

    /**
     * The DCS said no: somebody else has the lock, or was first.
     *
     * @param reason the DCS's sentence
     */
    record LockRefused(String reason) implements Outcome {}

    /**
     * There was no usable answer: the request may or may not have been carried out.
     *
     * @param reason what went wrong
     */
    record LockUncertain(String reason) implements Outcome {}

    /**
     * All members have promised not to lead.
     *
     * @param validUntil how long that is good for, counted from before they were asked
     */
    record FailsafeAgreed(MonotonicTime validUntil) implements Outcome {}

    /** @param reason who did not promise it, and why */
    record FailsafeRefused(String reason) implements Outcome {}

    /** The lock was given up. */
    record LockReleased() implements Outcome {}

    /** The right to initialise was won. */
    record InitializeWon() implements Outcome {}

    /** The DCS did not say whether the race to initialise is won; the cycle ends. */
    record InitializeUncertain(String reason) implements Outcome {}

    /** An operator's order was answered and is forgotten: the cycle goes on without it. */
    record OrderSettled(Action.OrderKind kind) implements Outcome {}

    /**
     * What the peers said.
     *
     * @param answers one for each member that was asked
     */
    record PeersAnswered(List<PeerAnswer> answers) implements Outcome {
        public PeersAnswered {
            answers = List.copyOf(answers);
        }
    }
}
