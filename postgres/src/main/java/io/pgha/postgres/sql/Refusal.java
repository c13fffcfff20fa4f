package io.pgha.postgres.sql;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What it means that there is no session, told by the standard's five-letter states. */
public enum Refusal {
    /** Nobody listens. */
    NO_RESPONSE,
    /** The server is starting up, shutting down or recovering (57P03). */
    STARTING,
    /** Role, password, pg_hba.conf or the database's name is wrong: an operator has to mend it. */
    DENIED,
    /** All connections are taken (53300). */
    CROWDED,
    /** It did not answer in time. */
    SILENT,
    /** Anything else: the server runs and refused this one statement. */
    OTHER;

    /** The kind of refusal behind an exception, causes of the pool's own exceptions included. */
    public static Refusal of(SQLException e) {
        String state = state(e).orElse("");
        if (state.equals("57P03") || state.equals("57P01") || state.equals("57P02")) {
            return STARTING;
        } else if (state.startsWith("28") || state.equals("3D000")) {
            return DENIED;
        } else if (state.equals("53300")) {
            return CROWDED;
        } else if (caused(e, java.net.SocketTimeoutException.class) || state.equals("57014")) {
            return SILENT;
        } else if (state.startsWith("08")) {
            return NO_RESPONSE;
        }
        return OTHER;
    }

    /** The server's or the driver's own words for it. */
    public static String words(SQLException e) {
        SQLException first = innermost(e);
        return String.valueOf(first.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /** Whether the session is of no further use. */
    static boolean isLostConnection(SQLException e) {
        return switch (of(e)) {
            case NO_RESPONSE, STARTING, DENIED, SILENT -> true;
            case CROWDED, OTHER -> false;
        };
    }

    private static Optional<String> state(SQLException e) {
        return Optional.ofNullable(innermost(e).getSQLState());
    }

    /** The pool wraps the driver's exception in one that knows nothing. */
    private static SQLException innermost(SQLException e) {
        SQLException found = e;
        @Nullable Throwable cause = e;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                found = sql;
            }
            cause = cause.getCause();
        }
        return found;
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> type) {
        @Nullable Throwable cause = e;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
