package io.pgha.postgres.process;

/** How a child process ended. */
public sealed interface CommandOutcome {
    /**
     * It ended by itself.
     *
     * @param code exit code; 128 and more: ended by a signal
     * @param output the last part of its standard output
     * @param errors the last part of its standard error
     */
    record Exited(int code, String output, String errors) implements CommandOutcome {}

    /** It took longer than it may and was killed. */
    record TimedOut() implements CommandOutcome {}

    /** The one who ordered it did not want it any more; it was ended. */
    record Cancelled() implements CommandOutcome {}

    /**
     * It could not be started.
     *
     * @param reason the system's words, with the program's path
     */
    record NotStarted(String reason) implements CommandOutcome {}

    default boolean successful() {
        return this instanceof Exited exited && exited.code() == 0;
    }

    /** Standard output, or empty text when it did not end by itself. */
    default String output() {
        return this instanceof Exited exited ? exited.output() : "";
    }

    /** What went wrong, for a message: exit code and last words. */
    default String complaint() {
        if (this instanceof Exited exited) {
            String words = exited.errors().isBlank() ? exited.output() : exited.errors();
            return "exit code " + exited.code() + (words.isBlank() ? "" : ": " + LastWords.of(words));
        } else if (this instanceof NotStarted notStarted) {
            return notStarted.reason();
        }
        return this instanceof TimedOut ? "timed out and was killed" : "cancelled";
    }
}
