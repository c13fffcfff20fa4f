package io.pgha.agent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a command line into words as a POSIX shell does: quotes and backslashes count, nothing is expanded. */
final class ShellWords {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int at;

    private ShellWords(String text) {
        this.text = text;
    }

    /** The words; empty when a quote is not closed or the text ends with a backslash. */
    static Optional<List<String>> split(String text) {
        ShellWords scan = new ShellWords(text);
        return scan.scan() ? Optional.of(List.copyOf(scan.words)) : Optional.empty();
    }

    private boolean scan() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (Character.isWhitespace(next)) {
                endWord();
            } else if (!add(next)) {
                return false;
            }
        }
        endWord();
        return true;
    }

    private boolean add(char next) {
        inWord = true;
        return switch (next) {
            case '\'' -> singleQuoted();
            case '"' -> doubleQuoted();
            case '\\' -> escaped();
            default -> {
                word.append(next);
                yield true;
            }
        };
    }

    private boolean singleQuoted() {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            return false;
        }
        word.append(text, at, end);
        at = end + 1;
        return true;
    }

    private boolean doubleQuoted() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return true;
            }
            if (next == '\\' && at < text.length() && "\"\\$`".indexOf(text.charAt(at)) >= 0) {
                next = text.charAt(at++);
            }
            word.append(next);
        }
        return false;
    }

    private boolean escaped() {
        if (at == text.length()) {
            return false;
        }
        word.append(text.charAt(at++));
        return true;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
