package io.pgha.postgres.conf;

/** How members' names become names of replication slots (facts §1.9). */
public final class SlotName {
    /** Longest name of a slot: PostgreSQL's NAMEDATALEN − 1. */
    public static final int MAX_LENGTH = io.pgha.core.model.SlotName.LONGEST;

    private SlotName() {}

    /**
     * The slot of a member. Different members can get the same slot ({@code a-b} and {@code a.b}); whoever knows all
     * members has to notice that.
     *
     * @param memberName any text
     */
    public static String of(String memberName) {
        return io.pgha.core.model.SlotName.of(memberName);
    }

    /** Whether PostgreSQL takes it as the name of a slot. */
    public static boolean isValid(String slot) {
        return io.pgha.core.model.SlotName.isValid(slot);
    }
}
