package io.pgha.core.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** The replication slot that belongs to a member (facts §1.9). */
public final class SlotName {
    /** Longest name of a slot: PostgreSQL's NAMEDATALEN − 1. */
    public static final int LONGEST = 63;

    private static final Pattern VALID = Pattern.compile("[a-z0-9_]{1,63}");

    private SlotName() {}

    /**
     * The slot's name: lower case, {@code -} and {@code .} become {@code _}, every other character outside
     * {@code a-z0-9_} becomes {@code u} and its code point in at least four digits, cut to 63 characters.
     */
    public static String of(String memberName) {
        String lower = memberName.toLowerCase(Locale.ROOT);
        StringBuilder name = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i += Character.charCount(lower.codePointAt(i))) {
            int c = lower.codePointAt(i);
            if (c == '-' || c == '.' || c == '_') {
                name.append('_');
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                name.append((char) c);
            } else {
                name.append('u').append(String.format(Locale.ROOT, "%04d", c));
            }
        }
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name.toString();
    }

    /** Whether PostgreSQL takes it as the name of a slot. */
    public static boolean isValid(String slot) {
        return VALID.matcher(slot).matches();
    }
}
