package io.pgha.postgres.conf;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers with units as PostgreSQL reads them (guc.c: parse_int, parse_real, convert_to_base_unit). */
final class GucNumber {
    private static final Pattern NUMBER =
            Pattern.compile("\\s*([+-]?)(0[xX][0-9a-fA-F]{1,15}|(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40})"
                    + "(?:[eE][+-]?\\d{1,3})?)\\s*([A-Za-z]*)\\s*");
    private static final Pattern BASE_UNIT = Pattern.compile("(\\d{0,9})([A-Za-z]+)");
    private static final List<Unit> MEMORY = List.of(
            new Unit("TB", 0x1p40),
            new Unit("GB", 0x1p30),
            new Unit("MB", 0x1p20),
            new Unit("kB", 0x1p10),
            new Unit("B", 1));
    private static final List<Unit> TIME = List.of(
            new Unit("d", 86_400_000_000d),
            new Unit("h", 3_600_000_000d),
            new Unit("min", 60_000_000d),
            new Unit("s", 1_000_000d),
            new Unit("ms", 1_000d),
            new Unit("us", 1));

    private GucNumber() {}

    /**
     * The number in the parameter's own unit; rounded when it is an integer.
     *
     * @param unit the parameter's unit ({@code 8kB}, {@code ms}, …); empty text when it has none
     * @return empty when it is no number, or has a unit that does not fit
     */
    static OptionalDouble parse(String text, String unit, boolean integral) {
        Matcher matcher = NUMBER.matcher(text);
        if (text.length() > 200 || !matcher.matches()) {
            return OptionalDouble.empty();
        }
        OptionalDouble magnitude = magnitude(matcher.group(2), integral);
        if (magnitude.isEmpty()) {
            return magnitude;
        }
        double number = matcher.group(1).equals("-") ? -magnitude.getAsDouble() : magnitude.getAsDouble();
        if (!matcher.group(3).isEmpty()) {
            OptionalDouble converted = inBaseUnit(number, matcher.group(3), unit);
            if (converted.isEmpty()) {
                return converted;
            }
            number = converted.getAsDouble();
        }
        return Double.isInfinite(number)
                ? OptionalDouble.empty()
                : OptionalDouble.of(integral ? Math.rint(number) : number);
    }

    /** Whether two numbers look the same with the six digits that pg_settings shows of a real. */
    static boolean same(double a, double b) {
        MathContext shown = new MathContext(6, RoundingMode.HALF_EVEN);
        return a == b || new BigDecimal(a).round(shown).compareTo(new BigDecimal(b).round(shown)) == 0;
    }

    /** Plain decimal text. */
    static String text(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    /** An integer as {@code SHOW} prints it, with the largest unit that leaves it whole: {@code 16384} blocks of 8kB are 128MB. */
    static Optional<String> shown(String text, String unit) {
        OptionalDouble number = parse(text, unit, true);
        if (number.isEmpty() || number.getAsDouble() <= 0) {
            return Optional.empty();
        }
        return Stream.concat(MEMORY.stream(), TIME.stream())
                .flatMap(larger -> parse("1" + larger.name(), unit, false).stream()
                        .map(size -> number.getAsDouble() / size)
                        .filter(count -> count >= 1 && count == Math.rint(count))
                        .mapToObj(count -> text(count) + larger.name()))
                .findFirst();
    }

    private static OptionalDouble magnitude(String digits, boolean integral) {
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return OptionalDouble.of((double) Long.parseUnsignedLong(digits.substring(2), 16));
        }
        // A leading zero means octal, as in log_file_mode = 0640.
        if (integral && digits.matches("0\\d+")) {
            return digits.matches("0[0-7]{1,20}")
                    ? OptionalDouble.of((double) Long.parseLong(digits, 8))
                    : OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(digits));
    }

    private static OptionalDouble inBaseUnit(double number, String given, String base) {
        Matcher matcher = BASE_UNIT.matcher(base);
        if (!matcher.matches()) {
            return OptionalDouble.empty();
        }
        List<Unit> units = MEMORY.stream().anyMatch(unit -> unit.name().equals(matcher.group(2))) ? MEMORY : TIME;
        double baseSize = (matcher.group(1).isEmpty() ? 1 : Long.parseLong(matcher.group(1)))
                * units.stream()
                        .filter(unit -> unit.name().equals(matcher.group(2)))
                        .mapToDouble(Unit::size)
                        .findFirst()
                        .orElse(Double.NaN);
        for (int i = 0; i < units.size(); i++) {
            if (units.get(i).name().equals(given) && !Double.isNaN(baseSize)) {
                double size = units.get(i).size();
                // A fraction is rounded to whole next smaller units: 30.1GB is a whole number of MB.
                double smaller = i + 1 < units.size() ? units.get(i + 1).size() : 0;
                double total = smaller > 0 ? Math.rint(number * size / smaller) * smaller : number * size;
                return OptionalDouble.of(total / baseSize);
            }
        }
        return OptionalDouble.empty();
    }

    private record Unit(String name, double size) {}
}
