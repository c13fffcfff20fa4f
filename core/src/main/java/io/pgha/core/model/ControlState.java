package io.pgha.core.model;

import java.util.Arrays;

/** "Database cluster state" of {@code pg_controldata}. */
public enum ControlState {
    STARTING_UP("starting up"),
    SHUT_DOWN("shut down"),
    SHUT_DOWN_IN_RECOVERY("shut down in recovery"),
    SHUTTING_DOWN("shutting down"),
    IN_CRASH_RECOVERY("in crash recovery"),
    IN_ARCHIVE_RECOVERY("in archive recovery"),
    IN_PRODUCTION("in production"),
    /** A text that this version does not know. */
    UNRECOGNIZED("unrecognized status code");

    private final String text;

    ControlState(String text) {
        this.text = text;
    }

    /** PostgreSQL's text with {@code LC_ALL=C}. */
    public String text() {
        return text;
    }

    /** Reads PostgreSQL's text; unknown ones give {@link #UNRECOGNIZED}. */
    public static ControlState parse(String text) {
        return Arrays.stream(values())
                .filter(state -> state.text.equals(text))
                .findFirst()
                .orElse(UNRECOGNIZED);
    }

    /** Whether the server died or was stopped while it was no standby (facts §5.7). */
    public boolean leftAsPrimary() {
        return switch (this) {
            case SHUT_DOWN, SHUTTING_DOWN, IN_CRASH_RECOVERY, IN_PRODUCTION -> true;
            case STARTING_UP, SHUT_DOWN_IN_RECOVERY, IN_ARCHIVE_RECOVERY, UNRECOGNIZED -> false;
        };
    }

    /** Whether the server did not stop in order, so that WAL has to be replayed before it is consistent. */
    public boolean needsCrashRecovery() {
        return switch (this) {
            case SHUTTING_DOWN, IN_CRASH_RECOVERY, IN_PRODUCTION -> true;
            case SHUT_DOWN, STARTING_UP, SHUT_DOWN_IN_RECOVERY, IN_ARCHIVE_RECOVERY, UNRECOGNIZED -> false;
        };
    }
}
