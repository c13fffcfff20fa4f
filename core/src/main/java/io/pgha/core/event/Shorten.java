package io.pgha.core.event;

/** Texts from outside have no bound; an event has one, as a thousand of them are kept. */
final class Shorten {
    private Shorten() {}

    static String to(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
