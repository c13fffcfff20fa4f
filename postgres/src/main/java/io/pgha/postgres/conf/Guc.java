package io.pgha.postgres.conf;

import io.pgha.postgres.version.VersionRange;
import java.util.Set;

/**
 * What is known of one server parameter in a range of versions.
 *
 * @param name as PostgreSQL spells it
 * @param type of its value
 * @param versions where this holds
 * @param min lowest number allowed; meaningless for other types
 * @param max highest number allowed
 * @param unit of bounds and bare numbers, as in {@code pg_settings}; empty text: none
 * @param words allowed words in lower case, for enumerations
 * @param recovery whether it belongs to recovery, and not among the ordinary parameters
 */
record Guc(
        String name,
        Type type,
        VersionRange versions,
        double min,
        double max,
        String unit,
        Set<String> words,
        boolean recovery) {
    /** Types of values; {@link #ENUMBOOL} takes words and any boolean. */
    enum Type {
        BOOL,
        STRING,
        INTEGER,
        REAL,
        ENUM,
        ENUMBOOL
    }

    Guc {
        words = Set.copyOf(words);
    }

    boolean integral() {
        return type == Type.INTEGER;
    }
}
