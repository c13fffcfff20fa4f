package io.pgha.postgres.conf;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a configured command into words as a POSIX shell would, without running one: quotes and backslashes work,
 * variables, pipes and globs are plain text (as Patroni's, which uses Python's shlex).
 */
public final class CommandLine {
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private int position;

    private CommandLine(String text) {
        this.text = text;
    }

    /**
     * The words of a command.
     *
     * @throws IllegalArgumentException when a quotation is not closed, when a backslash ends the text, or when the text
     *     has a zero byte; the message does not repeat the command
     */
    public static List<String> split(String command) {
        if (command.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a command cannot hold a zero byte");
        }
        return new CommandLine(command).words();
    }

    /**
     * Takes shell quoting off a single value; a text that is not exactly one well-formed word stays as it is.
     */
    public static String unquote(String value) {
        try {
            List<String> parts = split(value);
            return parts.size() == 1 ? parts.get(0) : value;
        } catch (IllegalArgumentException notShellText) {
            return value;
        }
    }

    private List<String> words() {
        while (position < text.length()) {
            char c = text.charAt(position++);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> endWord();
                case '\'' -> singleQuoted();
                case '"' -> doubleQuoted();
                case '\\' -> append(escaped());
                default -> append(c);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void append(char c) {
        inWord = true;
        word.append(c);
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    private char escaped() {
        if (position >= text.length()) {
            throw new IllegalArgumentException("a command ends with a backslash that escapes nothing");
        }
        return text.charAt(position++);
    }

    private void singleQuoted() {
        int end = text.indexOf('\'', position);
        if (end < 0) {
            throw new IllegalArgumentException("a command has a quotation (') without an end");
        }
        inWord = true;
        word.append(text, position, end);
        position = end + 1;
    }

    private void doubleQuoted() {
        inWord = true;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                char next = escaped();
                if (next != '"' && next != '\\') {
                    word.append('\\');
                }
                word.append(next);
            } else {
                word.append(c);
            }
        }
        throw new IllegalArgumentException("a command has a quotation (\") without an end");
    }
}
