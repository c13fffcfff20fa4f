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
     * The histories have parted where pg_rewind sees no difference: a server has lost the end of its WAL (its disk lied), or two
     * histories carry the same number. Either the local server is on the leader's timeline and has more of it than the leader
     * itself; as soon as the leader has passed its position the two would be mixed. Or this former primary wrote its last
     * record before the point where others left its timeline, who have had more of it. Patroni takes equal timelines for equal
     * histories.
     *
     * @param reason how far both are, one sentence
     */
    record Hidden(String reason) implements Divergence {}

    /**
     * It could not be told now; to be asked again.
     *
     * @param reason what was in the way, one sentence
     */
    record Undetermined(String reason) implements Divergence {}
}
