package io.pgha.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code synchronous_standby_names} by the tokens and the grammar of PostgreSQL's own reader; linear in the text. */
final class SyncNamesParser {
    private enum Type {
        NAME,
        NUMBER,
        ANY,
        FIRST,
        OPEN,
        CLOSE,
        COMMA,
        END,
        JUNK
    }

    private record Token(Type type, String text) {}

    private final String text;
    private int at;
    private Token token = new Token(Type.JUNK, "");

    SyncNamesParser(String text) {
        this.text = text;
    }

    Optional<SyncNames> parse() {
        advance();
        if (token.type == Type.END) {
            return Optional.of(SyncNames.OFF);
        }
        SyncNames.Kind kind = token.type == Type.ANY ? SyncNames.Kind.QUORUM : SyncNames.Kind.PRIORITY;
        if (token.type == Type.ANY || token.type == Type.FIRST) {
            advance();
            return token.type == Type.NUMBER ? counted(kind, token.text) : Optional.empty();
        }
        // A bare number may be a count or a name: what follows it decides.
        return token.type == Type.NUMBER && nextIsOpen() ? counted(kind, token.text) : list(kind, 1, Type.END);
    }

    private Optional<SyncNames> counted(SyncNames.Kind kind, String digits) {
        int number = count(digits);
        advance();
        if (token.type != Type.OPEN || number < 1) {
            return Optional.empty();
        }
        advance();
        return list(kind, number, Type.CLOSE);
    }

    /** Names up to the closing token, after which nothing may follow. */
    private Optional<SyncNames> list(SyncNames.Kind kind, int number, Type closing) {
        List<String> names = new ArrayList<>();
        while (token.type == Type.NAME || token.type == Type.NUMBER) {
            names.add(token.text);
            advance();
            if (token.type == closing) {
                boolean complete = closing == Type.END || endFollows();
                return complete ? Optional.of(SyncNames.of(kind, number, NameSet.of(names))) : Optional.empty();
            }
            if (token.type != Type.COMMA) {
                return Optional.empty();
            }
            advance();
        }
        return Optional.empty();
    }

    private boolean endFollows() {
        advance();
        return token.type == Type.END;
    }

    private boolean nextIsOpen() {
        skipSpace();
        return at < text.length() && text.charAt(at) == '(';
    }

    /** Wraps around as PostgreSQL's own conversion does (strtol, cut to 32 bits): 4294967297 is 1 to it. */
    private static int count(String digits) {
        try {
            return (int) Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return (int) Long.MAX_VALUE;
        }
    }

    private void advance() {
        skipSpace();
        if (at == text.length()) {
            token = new Token(Type.END, "");
            return;
        }
        char c = text.charAt(at);
        @Nullable Type mark = mark(c);
        if (mark != null) {
            token = new Token(mark, String.valueOf(c));
            at++;
        } else if (c == '"') {
            quotedName();
        } else if (isDigit(c)) {
            token = new Token(Type.NUMBER, run(false));
        } else if (startsName(c)) {
            word(run(true));
        } else {
            token = new Token(Type.JUNK, "");
        }
    }

    private static @Nullable Type mark(char c) {
        return switch (c) {
            case '(' -> Type.OPEN;
            case ')' -> Type.CLOSE;
            case ',' -> Type.COMMA;
            case '*' -> Type.NAME;
            default -> null;
        };
    }

    private void word(String word) {
        if (word.equalsIgnoreCase("any")) {
            token = new Token(Type.ANY, word);
        } else if (word.equalsIgnoreCase("first")) {
            token = new Token(Type.FIRST, word);
        } else {
            token = new Token(Type.NAME, word);
        }
    }

    /** A doubled quote stands for one; a missing closing quote makes the text unreadable. */
    private void quotedName() {
        StringBuilder name = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '"') {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                name.append('"');
                at++;
            } else {
                token = new Token(Type.NAME, name.toString());
                return;
            }
        }
        token = new Token(Type.JUNK, "");
    }

    private String run(boolean letters) {
        int start = at;
        while (at < text.length() && (isDigit(text.charAt(at)) || (letters && continuesName(text.charAt(at))))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r\f\u000B".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Everything beyond ASCII counts as a letter, as in PostgreSQL's scanner. */
    private static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean continuesName(char c) {
        return startsName(c) || c == '$';
    }
}
