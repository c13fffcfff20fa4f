package io.pgha.config.source;

/** How bad a problem is. */
public enum Severity {
    /** The configuration cannot be used as it is. */
    ERROR,
    /** The configuration works, but not as its author thought. */
    WARNING;

    /** As it is printed: {@code error} or {@code warning}. */
    public String label() {
        return this == ERROR ? "error" : "warning";
    }
}
