package io.pgha.config.schema;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Between which bounds a parameter of PostgreSQL may be (facts, appendix A). A server would not start with a value outside;
 * the agents write the bound in its place.
 *
 * @param least smallest value, in the parameter's unit
 * @param most largest value
 */
record GucRange(double least, double most) {
    private static final GucRange ANY = new GucRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    private static final long KILO = 1024;
    private static final List<String> LARGER = List.of("kB", "MB", "GB", "TB");

    /** Reads {@code min..max}; anything else has no bounds. */
    static GucRange parse(String text) {
        String[] bounds = text.split("\\.\\.", 2);
        return bounds.length == 2 ? new GucRange(Double.parseDouble(bounds[0]), Double.parseDouble(bounds[1])) : ANY;
    }

    /**
     * Whether a number is outside.
     *
     * @param unit of the bounds and of a bare number, for example {@code 8kB}; empty text: none
     */
    boolean lacks(Object value, String unit) {
        OptionalDouble number = number(value, unit);
        return number.isPresent() && (number.getAsDouble() < least || number.getAsDouble() > most);
    }

    /** For people: the bounds, and what the unit of a bare number is. */
    String words(String unit) {
        String from = shown(least, unit);
        String to = shown(most, unit);
        return "a value from " + from + " to " + to + (unit.isEmpty() ? "" : " (a bare number counts in " + unit + ")");
    }

    private static OptionalDouble number(Object value, String unit) {
        Optional<Unit> base = base(unit);
        if (base.isEmpty()) {
            return SettingValue.real(value);
        }
        OptionalLong whole = SettingValue.integer(value, base.get());
        return whole.isPresent() ? OptionalDouble.of((double) whole.getAsLong()) : OptionalDouble.empty();
    }

    /** {@code 8kB} is a unit of its own: blocks of that size. */
    private static Optional<Unit> base(String unit) {
        String name = unit.replaceFirst("^\\d+", "");
        String times = unit.substring(0, unit.length() - name.length());
        return Unit.named(name)
                .map(one -> times.isEmpty() ? one : new Unit(one.kind(), one.factor() * Integer.parseInt(times)));
    }

    /** Sizes with the largest unit that leaves no fraction; {@code -1} and {@code 0} mean something else and stay. */
    private static String shown(double bound, String unit) {
        Optional<Unit> base = base(unit);
        if (bound <= 0 || base.isEmpty()) {
            return plain(bound);
        }
        if (base.get().kind() == Unit.Kind.TIME) {
            return plain(bound) + unit;
        }
        double bytes = bound * base.get().factor();
        String name = "B";
        for (String larger : LARGER) {
            if (bytes % KILO != 0) {
                break;
            }
            bytes /= KILO;
            name = larger;
        }
        return plain(bytes) + name;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
