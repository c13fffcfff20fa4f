package io.pgha.agent.runtime;

import java.nio.charset.StandardCharsets;

/** Makes one harmless word of any text: letters, digits, {@code -}, {@code _}, {@code .} and, where wanted, {@code /} stay. */
final class PercentEncoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoding() {}

    /** For a file name. A leading dot is encoded, so that {@code ..} leads nowhere. */
    static String ofName(String text) {
        String encoded = encode(text, "-_.");
        return encoded.startsWith(".") ? "%2E" + encoded.substring(1) : encoded;
    }

    /** For a path in a command of the dead-man. */
    static String ofPath(String text) {
        return encode(text, "-_./");
    }

    private static String encode(String text, String alsoPlain) {
        StringBuilder result = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (octet >= 'a' && octet <= 'z')
                    || (octet >= 'A' && octet <= 'Z')
                    || (octet >= '0' && octet <= '9')
                    || alsoPlain.indexOf(octet) >= 0;
            if (plain) {
                result.append((char) octet);
            } else {
                result.append('%').append(HEX.charAt(octet >> 4 & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return result.toString();
    }
}
