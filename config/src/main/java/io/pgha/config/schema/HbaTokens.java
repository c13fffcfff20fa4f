package io.pgha.config.schema;

import java.util.ArrayList;
import java.util.List;

/** The words of a line of pg_hba.conf or pg_ident.conf as PostgreSQL reads them: fields, each a list that commas separate. */
final class HbaTokens {
    /**
     * One word.
     *
     * @param text without its quotes
     * @param quoted whether it began with a quote, so that it is no keyword and no name of a file
     */
    record Token(String text, boolean quoted) {
        boolean is(String keyword) {
            return !quoted && text.equals(keyword);
        }
    }

    private final String line;
    private int at;
    private boolean comma;

    private HbaTokens(String line) {
        this.line = line;
    }

    /** The fields; none for a blank line or a remark. */
    static List<List<Token>> fields(String line) {
        HbaTokens reader = new HbaTokens(line);
        List<List<Token>> fields = new ArrayList<>();
        for (List<Token> field = reader.field(); !field.isEmpty(); field = reader.field()) {
            fields.add(field);
        }
        return fields;
    }

    private List<Token> field() {
        List<Token> tokens = new ArrayList<>();
        do {
            skip();
            if (at >= line.length() || line.charAt(at) == '#') {
                return tokens;
            }
            tokens.add(token());
        } while (comma);
        return tokens;
    }

    private void skip() {
        while (at < line.length() && (isBlank(line.charAt(at)) || line.charAt(at) == ',')) {
            at++;
        }
    }

    /** A quote that is never closed reaches to the end of the line; a doubled one inside of quotes is one. */
    private Token token() {
        boolean initial = line.charAt(at) == '"';
        boolean inside = false;
        boolean wasQuote = false;
        comma = false;
        StringBuilder text = new StringBuilder();
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (!inside && (isBlank(c) || c == '#')) {
                break;
            }
            if (!inside && c == ',') {
                comma = true;
                at++;
                break;
            }
            if (c != '"' || wasQuote) {
                text.append(c);
            }
            wasQuote = inside && c == '"' && !wasQuote;
            inside = (c == '"') != inside;
        }
        return new Token(text.toString(), initial);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }
}
