package io.pgha.agent.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/** How a line of the log writes its time: as Python does, {@code 2026-01-02 03:04:05,678} unless a strftime format is given. */
final class LogTime {
    private final DateTimeFormatter formatter;

    private LogTime(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /** @param strftime the operator's format; conversions that are unknown are written as they stand */
    static LogTime of(Optional<String> strftime, ZoneId zone) {
        DateTimeFormatter formatter = strftime.map(LogTime::translated)
                .orElseGet(() -> DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS"));
        return new LogTime(formatter.withLocale(Locale.ROOT).withZone(zone));
    }

    /** @param epochMillis wall clock */
    String text(long epochMillis) {
        return formatter.format(Instant.ofEpochMilli(epochMillis));
    }

    private static DateTimeFormatter translated(String strftime) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < strftime.length(); i++) {
            char c = strftime.charAt(i);
            if (c == '%' && i + 1 < strftime.length()) {
                conversion(builder, strftime.charAt(++i));
            } else {
                builder.appendLiteral(c);
            }
        }
        return builder.toFormatter(Locale.ROOT);
    }

    private static void conversion(DateTimeFormatterBuilder builder, char letter) {
        switch (letter) {
            case 'Y' -> builder.appendPattern("yyyy");
            case 'y' -> builder.appendPattern("yy");
            case 'm' -> builder.appendPattern("MM");
            case 'd' -> builder.appendPattern("dd");
            case 'H' -> builder.appendPattern("HH");
            case 'I' -> builder.appendPattern("hh");
            case 'M' -> builder.appendPattern("mm");
            case 'S' -> builder.appendPattern("ss");
            case 'f' -> builder.appendPattern("SSSSSS");
            case 'p' -> builder.appendPattern("a");
            case 'j' -> builder.appendPattern("DDD");
            case 'a' -> builder.appendPattern("EEE");
            case 'A' -> builder.appendPattern("EEEE");
            case 'b' -> builder.appendPattern("MMM");
            case 'B' -> builder.appendPattern("MMMM");
            case 'z' -> builder.appendPattern("xx");
            case 'Z' -> builder.appendPattern("zzz");
            case 'F' -> builder.appendPattern("yyyy-MM-dd");
            case 'T' -> builder.appendPattern("HH:mm:ss");
            case 's' -> builder.appendValue(java.time.temporal.ChronoField.INSTANT_SECONDS);
            case '%' -> builder.appendLiteral('%');
            default -> builder.appendLiteral("%" + letter);
        }
    }
}
