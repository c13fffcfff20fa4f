package io.pgha.postgres.conf;

import java.util.regex.Pattern;

/** How members' names become names of replication slots (facts §1.9). */
public final class SlotName {
    /** Longest name of a slot: PostgreSQL's NAMEDATALEN − 1. */
    public static final int MAX_LENGTH = 63;

    private static final Pattern VALID = Pattern.compile("[a-z0-9_]{1,63}");

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
        return VALID.matcher(slot).matches();
    }
}
