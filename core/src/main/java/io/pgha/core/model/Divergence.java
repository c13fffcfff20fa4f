package io.pgha.core.model;

/** Whether the local WAL has left the leader's history (facts §5.12). */
public sealed interface Divergence {
    /** The local server can follow the leader as it is. */
    record None() implements Divergence {}

    /**
     * The local server has WAL that the leader's history does not contain.
     *
     * @param reason where the histories part, one sentence
     */
    record Diverged(String reason) implements Divergence {}

    /**
     * The local server is on the leader's timeline and has more of it than the leader itself: the leader has lost the end of
     * its WAL, or two histories carry the same number. pg_rewind sees no difference, and as soon as the leader has passed the
     * local position the two would be mixed. Patroni takes equal timelines for equal histories.
     *
     * @param reason how far both are, one sentence
     */
    record Ahead(String reason) implements Divergence {}

    /**
     * It could not be told now; to be asked again.
     *
     * @param reason what was in the way, one sentence
     */
    record Undetermined(String reason) implements Divergence {}
}
