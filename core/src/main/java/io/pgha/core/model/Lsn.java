package io.pgha.core.model;

import java.util.Optional;

/**
 * A position in the write-ahead log: bytes since {@code 0/0}.
 *
 * @param bytes the position as an unsigned 64-bit number, never negative here (PostgreSQL never gets that far)
 */
public record Lsn(long bytes) implements Comparable<Lsn> {
    /** The position {@code 0/0}, which PostgreSQL calls invalid and Patroni writes for "unknown". */
    public static final Lsn ZERO = new Lsn(0);

    public Lsn {
        if (bytes < 0) {
            throw new IllegalArgumentException("an LSN is not negative: " + bytes);
        }
    }

    /**
     * Reads the textual form {@code X/X} in hexadecimal.
     *
     * @return the position, or empty when the text is not one
     */
    public static Optional<Lsn> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash > 8 || text.length() - slash - 1 < 1 || text.length() - slash - 1 > 8) {
            return Optional.empty();
        }
        try {
            long high = Long.parseLong(text.substring(0, slash), 16);
            long low = Long.parseLong(text.substring(slash + 1), 16);
            return high < 0 || low < 0 || high > 0x7FFFFFFFL
                    ? Optional.empty()
                    : Optional.of(new Lsn(high << 32 | low));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The number of bytes by which this position is ahead of the other one; 0 when it is not ahead. */
    public long bytesAheadOf(Lsn other) {
        return Math.max(0, bytes - other.bytes);
    }

    public boolean isAfter(Lsn other) {
        return bytes > other.bytes;
    }

    public boolean isZero() {
        return bytes == 0;
    }

    /** The later of the two positions. */
    public Lsn max(Lsn other) {
        return other.bytes > bytes ? other : this;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compare(bytes, other.bytes);
    }

    /** PostgreSQL's own notation, {@code %X/%X}. */
    @Override
    public String toString() {
        return String.format("%X/%X", bytes >>> 32, bytes & 0xFFFFFFFFL);
    }
}
