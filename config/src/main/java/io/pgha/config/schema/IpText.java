package io.pgha.config.schema;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** IP addresses as getaddrinfo takes them without asking anybody, which is how PostgreSQL reads those in pg_hba.conf. */
final class IpText {
    static final int V4_BITS = 32;
    static final int V6_BITS = 128;

    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9]\\d{0,9}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final int V4_PARTS = 4;
    private static final int V6_GROUPS = 8;
    private static final int OCTET = 256;

    private IpText() {}

    /** How many bits such an address has; empty: it is none, so PostgreSQL takes it for the name of a host. */
    static OptionalInt bits(String text) {
        if (isV4(text)) {
            return OptionalInt.of(V4_BITS);
        }
        int scope = text.indexOf('%');
        return isV6(scope > 0 ? text.substring(0, scope) : text) ? OptionalInt.of(V6_BITS) : OptionalInt.empty();
    }

    /** One to four numbers, decimal, octal or hexadecimal; the last fills all the bytes that are left. */
    private static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > V4_PARTS) {
            return false;
        }
        for (int i = 0; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            long most = last ? 1L << (8 * (V4_PARTS - i)) : OCTET;
            if (!NUMBER.matcher(parts[i]).matches() || value(parts[i].toLowerCase(Locale.ROOT)) >= most) {
                return false;
            }
        }
        return true;
    }

    private static long value(String number) {
        if (number.startsWith("0x")) {
            return Long.parseLong(number.substring(2), 16);
        }
        return number.startsWith("0") ? Long.parseLong(number, 8) : Long.parseLong(number);
    }

    private static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true) == V6_GROUPS;
        }
        String before = text.substring(0, gap);
        String after = text.substring(gap + 2);
        int left = before.isEmpty() ? 0 : groups(before, false);
        int right = after.isEmpty() ? 0 : groups(after, true);
        return left >= 0 && right >= 0 && left + right < V6_GROUPS;
    }

    /** How many groups of 16 bits; -1: one of them is none. The end may be written as an IPv4 address. */
    private static int groups(String text, boolean end) {
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean dotted = end && i == parts.length - 1 && isDotted(parts[i]);
            if (!dotted && !GROUP.matcher(parts[i]).matches()) {
                return -1;
            }
            count += dotted ? 2 : 1;
        }
        return count;
    }

    private static boolean isDotted(String text) {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            if (!DECIMAL.matcher(part).matches() || Integer.parseInt(part) >= OCTET) {
                return false;
            }
        }
        return parts.length == V4_PARTS;
    }
}
