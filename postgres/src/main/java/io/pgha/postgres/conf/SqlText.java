package io.pgha.postgres.conf;

/** Quoting of names and values in SQL that cannot be sent as parameters (CREATE ROLE, ALTER, replication commands). */
public final class SqlText {
    private SqlText() {}

    /**
     * A quoted identifier: {@code my"role} becomes {@code "my""role"}.
     *
     * @throws IllegalArgumentException when the name is empty or has a zero byte, which PostgreSQL cannot hold
     */
    public static String identifier(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an SQL identifier is not empty");
        }
        return '"' + withoutZeroByte(name).replace("\"", "\"\"") + '"';
    }

    /**
     * A string constant that means the same whatever {@code standard_conforming_strings} says.
     *
     * @throws IllegalArgumentException when the value has a zero byte
     */
    public static String literal(String value) {
        String quoted = withoutZeroByte(value).replace("'", "''");
        return quoted.indexOf('\\') < 0 ? "'" + quoted + "'" : "E'" + quoted.replace("\\", "\\\\") + "'";
    }

    private static String withoutZeroByte(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL cannot hold a text with a zero byte");
        }
        return text;
    }
}
