package io.pgha.dcs.wire;

import io.pgha.core.model.Lsn;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Whole numbers in JSON, which some peers write as text (facts §1.6). */
final class Numbers {
    private static final int MOST_DIGITS = 19;

    private Numbers() {}

    /** The number, or empty when the value is not a whole one of at most 64 bits. */
    static OptionalLong integer(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return OptionalLong.of(((Number) value).longValue());
        }
        if (value instanceof String text && text.length() <= MOST_DIGITS) {
            try {
                return OptionalLong.of(Long.parseLong(text.trim()));
            } catch (NumberFormatException e) {
                return OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }

    /** The position, or empty when the value is not a whole number of 0 or more. */
    static Optional<Lsn> lsn(@Nullable Object value) {
        OptionalLong number = integer(value);
        return number.isPresent() && number.getAsLong() >= 0
                ? Optional.of(new Lsn(number.getAsLong()))
                : Optional.empty();
    }
}
