package io.pgha.config.value;

import java.util.Optional;

/**
 * The unit in which a setting counts when none is written, and PostgreSQL's names of all units of the same kind (facts
 * §2.3). Names are case-sensitive, as PostgreSQL's are.
 *
 * @param kind time or memory
 * @param factor how many microseconds or bytes one of this unit is
 */
public record Unit(Kind kind, double factor) {

    /** What a unit measures. */
    public enum Kind {
        TIME,
        MEMORY
    }

    public static final Unit BYTES = new Unit(Kind.MEMORY, 1);
    public static final Unit KILOBYTES = new Unit(Kind.MEMORY, 1024);
    public static final Unit MEGABYTES = new Unit(Kind.MEMORY, 1024 * 1024);
    public static final Unit MILLISECONDS = new Unit(Kind.TIME, 1_000);
    public static final Unit SECONDS = new Unit(Kind.TIME, 1_000_000);

    /** The unit with this name, for example {@code kB} or {@code min}; empty where PostgreSQL knows none. */
    public static Optional<Unit> named(String name) {
        return switch (name) {
            case "B" -> Optional.of(BYTES);
            case "kB" -> Optional.of(KILOBYTES);
            case "MB" -> Optional.of(MEGABYTES);
            case "GB" -> Optional.of(new Unit(Kind.MEMORY, Math.pow(1024, 3)));
            case "TB" -> Optional.of(new Unit(Kind.MEMORY, Math.pow(1024, 4)));
            case "us" -> Optional.of(new Unit(Kind.TIME, 1));
            case "ms" -> Optional.of(MILLISECONDS);
            case "s" -> Optional.of(SECONDS);
            case "min" -> Optional.of(new Unit(Kind.TIME, 60e6));
            case "h" -> Optional.of(new Unit(Kind.TIME, 3600e6));
            case "d" -> Optional.of(new Unit(Kind.TIME, 86400e6));
            default -> Optional.empty();
        };
    }

    /** The names that may follow a number, for messages. */
    public String alternatives() {
        return kind == Kind.TIME ? "us, ms, s, min, h, d" : "B, kB, MB, GB, TB";
    }
}
