package io.pgha.postgres.conf;

/** Whether a wanted parameter may be written into postgresql.conf (facts §6.4, appendix A). */
public sealed interface GucVerdict {
    /**
     * It may.
     *
     * @param value as it was given
     */
    record Kept(String value) implements GucVerdict {}

    /**
     * It was out of range and is now at the nearest bound.
     *
     * @param value the bound
     * @param warning for the log
     */
    record Clamped(String value, String warning) implements GucVerdict {}

    /**
     * It may not: PostgreSQL would refuse to start with it.
     *
     * @param warning for the log
     */
    record Dropped(String warning) implements GucVerdict {}
}
