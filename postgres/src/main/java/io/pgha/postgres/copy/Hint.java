package io.pgha.postgres.copy;

import java.nio.file.Path;

/** What an operator can do about a well-known failure of a copy. */
final class Hint {
    private Hint() {}

    /** A beginning for the message, or empty text. */
    static String of(String words, Path target) {
        if (isDiskFull(words)) {
            return "the disk of " + target + " is full, make room for a whole copy: ";
        } else if (isDenied(words)) {
            return "the source refuses the replication role, check postgresql.authentication.replication and the"
                    + " source's pg_hba: ";
        }
        return "";
    }

    /** Whether trying again at once cannot help. */
    static boolean isLasting(String words) {
        return isDiskFull(words) || isDenied(words);
    }

    private static boolean isDiskFull(String words) {
        return words.contains("No space left on device") || words.contains("Disk quota exceeded");
    }

    private static boolean isDenied(String words) {
        return words.contains("password authentication failed")
                || words.contains("no pg_hba.conf entry")
                || words.contains("no password supplied");
    }
}
