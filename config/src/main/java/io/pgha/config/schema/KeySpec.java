package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One key of the configuration: a row of the schema.
 *
 * @param path where it stands; {@code *} and {@code <method>} stand for any name
 * @param level who may write it
 * @param type what it takes
 * @param defaultText what counts if it is missing, as it is told to operators; empty: nothing
 * @param flags {@code required}, {@code restart}, {@code soft}, {@code clamp}, {@code secret}, {@code empty}, {@code parameters}
 * @param renamed the key that took the place of this one
 * @param meaning one or two sentences
 */
public record KeySpec(
        KeyPath path,
        Level level,
        ValueType type,
        String defaultText,
        Set<String> flags,
        Optional<KeyPath> renamed,
        String meaning) {

    /** Where a key may be written. */
    public enum Level {
        /** In the file or the environment of a node. */
        LOCAL,
        /** In the cluster-wide configuration. */
        DYNAMIC,
        /** In both; the local one wins. */
        BOTH;

        /** Whether a key of this level is known in the file of a node. */
        public boolean local() {
            return this != DYNAMIC;
        }

        /** Whether a key of this level is known in the cluster-wide configuration. */
        public boolean dynamic() {
            return this != LOCAL;
        }
    }

    public KeySpec {
        flags = Set.copyOf(flags);
    }

    /** Whether the value must never be shown. */
    public boolean secret() {
        return flags.contains("secret");
    }

    /** Whether a wrong value only makes the default count. */
    public boolean soft() {
        return flags.contains("soft");
    }

    /** Whether a number out of range is replaced by the bound. */
    public boolean clamped() {
        return flags.contains("clamp");
    }

    /** Whether a value means that nothing is given. */
    boolean isNothing(Object value) {
        return flags.contains("empty")
                && (value.equals(false) || value.equals("") || value.equals(List.of()) || isZero(value));
    }

    private static boolean isZero(Object value) {
        return value instanceof Number number && number.doubleValue() == 0;
    }

    /** Whether the keys below are PostgreSQL's parameters. */
    public boolean parameters() {
        return flags.contains("parameters");
    }

    /** Whether a change counts without a restart of the agent. */
    public boolean reloadable() {
        return !flags.contains("restart");
    }
}
