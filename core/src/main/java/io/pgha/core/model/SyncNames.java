package io.pgha.core.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A value of {@code synchronous_standby_names} (facts §5.16; PostgreSQL manual, chapter "Replication").
 *
 * @param kind how acknowledgements are counted
 * @param number how many standbys must acknowledge; 0 only for {@link Kind#OFF}, and may exceed the list's length
 * @param names the listed names, {@code *} and the placeholder among them; empty only for {@link Kind#OFF}
 */
public record SyncNames(Kind kind, int number, NameSet names) {
    /** How PostgreSQL counts. */
    public enum Kind {
        /** Nobody is waited for: the parameter is empty. */
        OFF,
        /** {@code FIRST n (…)}: the first n of the list that are connected. */
        PRIORITY,
        /** {@code ANY n (…)}: any n of the list. */
        QUORUM
    }

    /** The parameter is empty. */
    public static final SyncNames OFF = new SyncNames(Kind.OFF, 0, NameSet.NONE);

    /** Stands for "nobody" in strict mode: no member is called so, hence every commit waits (facts §5.16). */
    public static final String PLACEHOLDER = "__patroni_strict_sync_replica_placeholder__";

    private static final String WILDCARD = "*";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    /** @throws IllegalArgumentException when number and names do not fit the kind */
    public SyncNames {
        boolean off = kind == Kind.OFF;
        if (off != names.isEmpty() || (off ? number != 0 : number < 1)) {
            throw new IllegalArgumentException("no synchronous_standby_names: " + kind + " " + number + " of " + names);
        }
    }

    /** All of these standbys must acknowledge; {@link #OFF} when there are none. */
    public static SyncNames allOf(NameSet names) {
        return priority(names.size(), names);
    }

    /** So many of these standbys, the first in the list preferred; {@link #OFF} when there are none. */
    public static SyncNames priority(int number, NameSet names) {
        return of(Kind.PRIORITY, number, names);
    }

    /** Any so many of these standbys; {@link #OFF} when there are none. */
    public static SyncNames quorum(int number, NameSet names) {
        return of(Kind.QUORUM, number, names);
    }

    /** Nobody can acknowledge: commits wait until the value changes. */
    public static SyncNames nobody(Kind kind) {
        return of(kind, 1, NameSet.of(PLACEHOLDER));
    }

    /**
     * So many of these standbys; the number is raised to one, as PostgreSQL takes no less.
     *
     * @throws IllegalArgumentException when there are names and the kind is {@link Kind#OFF}
     */
    public static SyncNames of(Kind kind, int number, NameSet names) {
        return names.isEmpty() ? OFF : new SyncNames(kind, Math.max(1, number), names);
    }

    /**
     * Reads a value as PostgreSQL's own grammar does: a plain list, {@code n (…)}, {@code FIRST n (…)} or
     * {@code ANY n (…)}, names plain or in double quotes.
     *
     * @return the value, {@link #OFF} for a blank text, or empty when PostgreSQL would refuse the text
     */
    public static Optional<SyncNames> parse(String text) {
        return new SyncNamesParser(text).parse();
    }

    /** Whether any standby at all may acknowledge. */
    public boolean hasWildcard() {
        return names.contains(WILDCARD);
    }

    /** The members that are listed: nobody when anybody may acknowledge, and never the placeholder. */
    public NameSet members() {
        return hasWildcard() ? NameSet.NONE : names.minus(PLACEHOLDER);
    }

    /** How many of {@link #members()} have acknowledged each commit, at least. */
    public int guaranteed() {
        return Math.min(number, members().size());
    }

    /** Whether a commit waits for every listed member. */
    public boolean requiresAll() {
        return number >= names.size();
    }

    /**
     * The text for PostgreSQL (table of facts §5.16): sorted, quoted where needed; a set with {@code *} becomes the
     * placeholder, because with {@code *} a standby that nobody knows of could acknowledge.
     */
    public String format() {
        if (kind == Kind.OFF) {
            return "";
        }
        List<String> written = hasWildcard() ? List.of(PLACEHOLDER) : names.sorted();
        if (kind == Kind.PRIORITY && number == 1 && written.size() == 1) {
            return quoted(written.get(0));
        }
        String list = written.stream().map(SyncNames::quoted).collect(Collectors.joining(","));
        return (kind == Kind.QUORUM ? "ANY " : "") + number + " (" + list + ")";
    }

    private static String quoted(String name) {
        boolean keyword = name.equalsIgnoreCase("first") || name.equalsIgnoreCase("any");
        return PLAIN.matcher(name).matches() && !keyword ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return kind == Kind.OFF ? "none" : format();
    }
}
