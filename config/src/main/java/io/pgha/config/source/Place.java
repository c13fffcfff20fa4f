package io.pgha.config.source;

/**
 * Where a value was written.
 *
 * @param source a file as the operator named it, or "environment variable X"
 * @param line counted from 1; 0 where lines mean nothing
 * @param column counted from 1; 0 where columns mean nothing
 */
public record Place(String source, int line, int column) {

    /** A place without a line: an environment variable, a DCS key, a file as a whole. */
    public static Place of(String source) {
        return new Place(source, 0, 0);
    }

    /** {@code file:line}, or only the source where there is no line. */
    @Override
    public String toString() {
        return line > 0 ? source + ":" + line : source;
    }
}
