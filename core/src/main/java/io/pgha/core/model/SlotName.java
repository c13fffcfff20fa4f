package io.pgha.core.model;

import java.util.Locale;

/** The replication slot that belongs to a member (facts §1.9). */
public final class SlotName {
    private static final int LONGEST = 63;

    private SlotName() {}

    /**
     * The slot's name: lower case, {@code -} and {@code .} become {@code _}, every other character outside
     * {@code a-z0-9_} becomes {@code u} and its code point in at least four digits, cut to 63 characters.
     */
    public static String of(String memberName) {
        StringBuilder name = new StringBuilder();
        memberName.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (c == '-' || c == '.' || c == '_') {
                name.append('_');
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                name.append((char) c);
            } else {
                name.append('u').append(String.format(Locale.ROOT, "%04d", c));
            }
        });
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name.toString();
    }
}
