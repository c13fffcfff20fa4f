package io.pgha.config.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The way from the top of a configuration to one key, for example {@code postgresql.pg_hba[2]}. Elements are kept apart
 * because names of parameters contain dots themselves ({@code pg_stat_statements.max}).
 *
 * @param elements names of keys; {@code [n]} stands for the n-th element of a list, counted from 0
 */
public record KeyPath(List<String> elements) {

    /** The top of the configuration. */
    public static final KeyPath ROOT = new KeyPath(List.of());

    public KeyPath {
        elements = List.copyOf(elements);
    }

    /** A path of plain names, in order. */
    public static KeyPath of(String... names) {
        return new KeyPath(Arrays.asList(names));
    }

    /** A path written with dots; only for names that have none themselves. */
    public static KeyPath parse(String dotted) {
        return dotted.isEmpty() ? ROOT : of(dotted.split("\\.", -1));
    }

    /** The path of a key directly below. */
    public KeyPath child(String name) {
        List<String> longer = new ArrayList<>(elements);
        longer.add(name);
        return new KeyPath(longer);
    }

    /** The path of a list element, counted from 0. */
    public KeyPath item(int index) {
        return child("[" + index + "]");
    }

    /** This path followed by the other. */
    public KeyPath append(KeyPath other) {
        List<String> longer = new ArrayList<>(elements);
        longer.addAll(other.elements);
        return new KeyPath(longer);
    }

    /** The path without its last element; the root is its own parent. */
    public KeyPath parent() {
        return elements.isEmpty() ? this : new KeyPath(elements.subList(0, elements.size() - 1));
    }

    /** The last element, empty for the root. */
    public String name() {
        return elements.isEmpty() ? "" : elements.get(elements.size() - 1);
    }

    /** Whether this path is the other one or lies below it. */
    public boolean startsWith(KeyPath other) {
        return elements.size() >= other.elements.size()
                && elements.subList(0, other.elements.size()).equals(other.elements);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String element : elements) {
            if (text.length() > 0 && !element.startsWith("[")) {
                text.append('.');
            }
            text.append(element);
        }
        return text.toString();
    }
}
