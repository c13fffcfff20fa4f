package io.pgha.core.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** An immutable set of member names, compared without case as PostgreSQL and Patroni do (facts §1.8, §5.16). */
public final class NameSet implements Iterable<String> {
    /** The set of nobody. */
    public static final NameSet NONE = new NameSet(new TreeSet<>(String.CASE_INSENSITIVE_ORDER));

    private final NavigableSet<String> names;

    private NameSet(NavigableSet<String> names) {
        this.names = Collections.unmodifiableNavigableSet(names);
    }

    /** The set of these names; of two that differ in case only the first spelling is kept. */
    public static NameSet of(Collection<String> names) {
        NavigableSet<String> copy = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        copy.addAll(names);
        return new NameSet(copy);
    }

    /** The set of these names. */
    public static NameSet of(String... names) {
        return of(Arrays.asList(names));
    }

    /** Union. */
    public NameSet plus(NameSet others) {
        return of(Stream.concat(stream(), others.stream()).toList());
    }

    /** Union with one name. */
    public NameSet plus(String name) {
        return plus(of(name));
    }

    /** Difference. */
    public NameSet minus(NameSet others) {
        return of(stream().filter(name -> !others.contains(name)).toList());
    }

    /** Difference with one name. */
    public NameSet minus(String name) {
        return minus(of(name));
    }

    /** Intersection. */
    public NameSet and(NameSet others) {
        return of(stream().filter(others::contains).toList());
    }

    public boolean contains(String name) {
        return names.contains(name);
    }

    public boolean containsAll(NameSet others) {
        return others.stream().allMatch(this::contains);
    }

    /** Whether this set contains the other one and more. */
    public boolean isStrictSupersetOf(NameSet others) {
        return size() > others.size() && containsAll(others);
    }

    public boolean isDisjointFrom(NameSet others) {
        return stream().noneMatch(others::contains);
    }

    public int size() {
        return names.size();
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** At most so many names from the start of {@link #sorted()}. */
    public NameSet first(int count) {
        return of(sorted().stream().limit(Math.max(0, count)).toList());
    }

    /** At most so many names from the end of {@link #sorted()}. */
    public NameSet last(int count) {
        return of(stream()
                .sorted(Comparator.reverseOrder())
                .limit(Math.max(0, count))
                .toList());
    }

    /** The names in the order of their characters, upper case first: the order in which they are written. */
    public List<String> sorted() {
        return stream().sorted().toList();
    }

    public Stream<String> stream() {
        return names.stream();
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NameSet set && size() == set.size() && containsAll(set);
    }

    @Override
    public int hashCode() {
        return stream().mapToInt(NameSet::hashOf).sum();
    }

    @Override
    public String toString() {
        return String.join(",", sorted());
    }

    /** Upper, then lower case: names that compare as equal get the same hash. */
    private static int hashOf(String name) {
        return name.chars()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .reduce(0, (hash, c) -> 31 * hash + c);
    }
}
