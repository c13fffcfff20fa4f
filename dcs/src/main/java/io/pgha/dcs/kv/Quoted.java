package io.pgha.dcs.kv;

import io.pgha.dcs.wire.RawEntry;

/** Values of others in our messages: short, and without characters that a terminal obeys. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String text(RawEntry entry) {
        String text = entry.text();
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{C}", "?");
    }
}
