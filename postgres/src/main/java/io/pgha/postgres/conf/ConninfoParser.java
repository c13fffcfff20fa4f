package io.pgha.postgres.conf;

import java.util.function.BiConsumer;

/** Reads {@code keyword = value} pairs by libpq's rules (conninfo_parse). */
final class ConninfoParser {
    private final String text;
    private int position;

    ConninfoParser(String text) {
        this.text = text;
    }

    void forEach(BiConsumer<String, String> pairs) {
        skipBlanks();
        while (position < text.length()) {
            String keyword = keyword();
            skipBlanks();
            pairs.accept(keyword, position < text.length() && text.charAt(position) == '\'' ? quoted() : plain());
            skipBlanks();
        }
    }

    private String keyword() {
        int start = position;
        while (position < text.length() && text.charAt(position) != '=' && !blank(text.charAt(position))) {
            position++;
        }
        String keyword = text.substring(start, position);
        skipBlanks();
        if (position >= text.length() || text.charAt(position) != '=') {
            throw new IllegalArgumentException("a connection string has no '=' after its keyword at position " + start);
        }
        position++;
        return keyword;
    }

    private String plain() {
        StringBuilder value = new StringBuilder();
        while (position < text.length() && !blank(text.charAt(position))) {
            char c = text.charAt(position++);
            if (c != '\\') {
                value.append(c);
            } else if (position < text.length()) {
                value.append(text.charAt(position++));
            }
        }
        return value.toString();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\'') {
                return value.toString();
            }
            if (c != '\\') {
                value.append(c);
            } else if (position < text.length()) {
                value.append(text.charAt(position++));
            }
        }
        throw new IllegalArgumentException("a connection string has a quotation without an end");
    }

    private void skipBlanks() {
        while (position < text.length() && blank(text.charAt(position))) {
            position++;
        }
    }

    private static boolean blank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
