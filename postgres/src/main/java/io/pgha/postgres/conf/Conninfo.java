package io.pgha.postgres.conf;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * A libpq connection string as keywords and values, in the order of facts §6.6 where it matters.
 *
 * @param values by keyword; never holds a keyword or value that a connection string cannot carry
 */
public record Conninfo(Map<String, String> values) {
    /** The keywords of {@code primary_conninfo} in Patroni's order (facts §6.6). */
    public static final List<String> ORDER = List.of(
            "dbname",
            "user",
            "passfile",
            "password",
            "host",
            "port",
            "sslmode",
            "sslcompression",
            "sslcert",
            "sslkey",
            "sslpassword",
            "sslrootcert",
            "sslcrl",
            "sslcrldir",
            "application_name",
            "krbsrvname",
            "gssencmode",
            "channel_binding",
            "target_session_attrs",
            "sslnegotiation");

    /** Nothing at all. */
    public static final Conninfo EMPTY = new Conninfo(Map.of());

    private static final Pattern KEYWORD = Pattern.compile("[a-z_]{1,63}");

    /**
     * @throws IllegalArgumentException when a keyword is not one, or a value has control characters: a line break ends
     *     an entry of the password file and a zero byte ends the string. The message names the keyword, not the value.
     */
    public Conninfo {
        values.forEach((keyword, value) -> problem(keyword, value).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        }));
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Why a connection string cannot carry this value; empty when it can. */
    public static Optional<String> problem(String keyword, String value) {
        if (!KEYWORD.matcher(keyword).matches()) {
            return Optional.of("'" + printable(keyword) + "' is not a keyword of a connection string");
        }
        // A tab is carried in quotes. Line breaks would survive here, but neither in the password file nor in logs.
        int bad = value.codePoints()
                .filter(c -> (c < 0x20 && c != '\t') || c == 0x7f || (c >= 0xD800 && c < 0xE000))
                .findFirst()
                .orElse(-1);
        return bad < 0
                ? Optional.empty()
                : Optional.of("the connection option " + keyword + " contains the character "
                        + String.format("U+%04X", bad) + ", which a connection string cannot carry: change the value");
    }

    /**
     * Reads keywords and values as libpq does: blanks around {@code =}, single quotes, backslashes.
     *
     * @throws IllegalArgumentException when it is not such a string; the message never repeats a value
     */
    public static Conninfo parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        new ConninfoParser(text).forEach(values::put);
        return new Conninfo(values);
    }

    /** The value of a keyword. */
    public Optional<String> value(String keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    /** The same with one more value; an empty text takes the keyword away. */
    public Conninfo with(String keyword, String value) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        if (value.isEmpty()) {
            copy.remove(keyword);
        } else {
            copy.put(keyword, value);
        }
        return new Conninfo(copy);
    }

    /** The same with more values, which win over those that are here. */
    public Conninfo with(Map<String, String> more) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.putAll(more);
        return new Conninfo(copy);
    }

    /** The same without some keywords. */
    public Conninfo without(Collection<String> keywords) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.keySet().removeAll(keywords);
        return new Conninfo(copy);
    }

    /** The same without the password: for programs that find it in a password file. */
    public Conninfo withoutPassword() {
        return without(List.of("password"));
    }

    /**
     * The connection string, keywords in {@link #ORDER}, others behind them. Blanks, quotes and backslashes are escaped
     * by backslashes, as Patroni does; what lies outside of printable ASCII is quoted, for libpq asks the locale what a
     * blank is.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        inOrder((keyword, value) -> text.append(text.length() == 0 ? "" : " ")
                .append(keyword)
                .append('=')
                .append(quoted(value)));
        return text.toString();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Conninfo[" + withoutPassword().without(List.of("sslpassword")).text() + "]";
    }

    private void inOrder(BiConsumer<String, String> consumer) {
        for (String keyword : ORDER) {
            String value = values.get(keyword);
            if (value != null) {
                consumer.accept(keyword, value);
            }
        }
        values.forEach((keyword, value) -> {
            if (!ORDER.contains(keyword)) {
                consumer.accept(keyword, value);
            }
        });
    }

    private static String quoted(String value) {
        if (value.isEmpty()) {
            return "''";
        }
        boolean ascii = value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\'' || c == '\\' || (ascii && c == ' ')) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return ascii ? quoted.toString() : "'" + quoted + "'";
    }

    static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
    }
}
