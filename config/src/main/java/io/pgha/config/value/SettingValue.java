package io.pgha.config.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads booleans and numbers the way PostgreSQL and Patroni read them from YAML, JSON and text (facts §2.3). */
public final class SettingValue {

    private static final Pattern NUMBER = Pattern.compile(
            "\\s*([-+]?(?:0[xX][0-9a-fA-F]+|(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?))\\s*([A-Za-z]*)\\s*");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7]+");

    private SettingValue() {}

    /** on/true/yes/1 and off/false/no/0 in any case, or a native boolean; empty for everything else. */
    public static Optional<Boolean> bool(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return Optional.of(bool);
        }
        if (value instanceof Double || value == null) {
            return Optional.empty();
        }
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> Optional.of(true);
            case "off", "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A whole number without a unit: a number, or its text in decimal, hex (0x) or octal (leading 0); reals are rounded. */
    public static OptionalLong integer(@Nullable Object value) {
        return whole(decimal(value, null));
    }

    /**
     * A whole number of the given unit; the text may name another unit of the same kind ({@code 30min}, {@code 1MB}),
     * the result is rounded to whole base units, halves to the even neighbour.
     */
    public static OptionalLong integer(@Nullable Object value, Unit base) {
        return whole(decimal(value, base));
    }

    /** A real number without a unit. */
    public static OptionalDouble real(@Nullable Object value) {
        return decimal(value, null)
                .map(number -> OptionalDouble.of(number.doubleValue()))
                .orElseGet(OptionalDouble::empty);
    }

    /** The text of a value as it is handed to PostgreSQL: booleans as on/off, whole numbers without a fraction. */
    public static String text(Object value) {
        if (value instanceof Boolean bool) {
            return bool ? "on" : "off";
        }
        if (value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1e15) {
            return Long.toString(real.longValue());
        }
        return value.toString();
    }

    private static OptionalLong whole(Optional<BigDecimal> number) {
        if (number.isEmpty() || number.get().precision() - number.get().scale() > 20) {
            return OptionalLong.empty();
        }
        BigInteger whole = number.get().setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
        return whole.bitLength() < Long.SIZE ? OptionalLong.of(whole.longValue()) : OptionalLong.empty();
    }

    private static Optional<BigDecimal> decimal(@Nullable Object value, @Nullable Unit base) {
        if (value instanceof Long || value instanceof Integer || value instanceof BigInteger) {
            return Optional.of(new BigDecimal(value.toString()));
        }
        if (value instanceof Number real) {
            return Double.isFinite(real.doubleValue())
                    ? Optional.of(BigDecimal.valueOf(real.doubleValue()))
                    : Optional.empty();
        }
        return value instanceof String text ? parsed(text, base) : Optional.empty();
    }

    private static Optional<BigDecimal> parsed(String text, @Nullable Unit base) {
        Matcher matcher = NUMBER.matcher(text);
        if (text.length() > 100 || !matcher.matches()) {
            return Optional.empty();
        }
        Optional<BigDecimal> number = number(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix.isEmpty()) {
            return number;
        }
        Optional<Unit> written = Unit.named(suffix);
        if (base == null || written.isEmpty() || written.get().kind() != base.kind()) {
            return Optional.empty();
        }
        BigDecimal factor = BigDecimal.valueOf(written.get().factor());
        return number.map(
                n -> n.multiply(factor).divide(BigDecimal.valueOf(base.factor()), 12, RoundingMode.HALF_EVEN));
    }

    private static Optional<BigDecimal> number(String digits) {
        String unsigned = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        BigDecimal size;
        try {
            if (unsigned.startsWith("0x") || unsigned.startsWith("0X")) {
                size = new BigDecimal(new BigInteger(unsigned.substring(2), 16));
            } else if (OCTAL.matcher(unsigned).matches()) {
                size = new BigDecimal(new BigInteger(unsigned, 8));
            } else {
                size = new BigDecimal(unsigned);
            }
        } catch (NumberFormatException e) {
            return Optional.empty(); // an exponent beyond all reason
        }
        // 1e999999999 must not be written out digit by digit
        if (Math.abs((long) size.precision() - size.scale()) > 400 || size.scale() > 400) {
            return Optional.empty();
        }
        return Optional.of(digits.startsWith("-") ? size.negate() : size);
    }
}
