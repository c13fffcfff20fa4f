package io.pgha.postgres.process;

import java.util.Optional;

/**
 * One process as {@code /proc/PID/stat} shows it.
 *
 * @param pid process id
 * @param parent process id of the parent
 * @param state one letter, {@code Z} is a zombie and {@code T} is suspended
 * @param startTicks clock ticks from boot to its start
 */
public record ProcessEntry(long pid, long parent, char state, long startTicks) {
    private static final int STATE = 0;
    private static final int PARENT = 1;
    private static final int START_TICKS = 19;

    /** Whether it is more than an entry that nobody has collected yet. */
    public boolean alive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }

    /** Reads a line of {@code /proc/PID/stat}; the name in parentheses may contain anything, parentheses included. */
    static Optional<ProcessEntry> parse(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 2 || close < open) {
            return Optional.empty();
        }
        String[] fields = stat.substring(close + 1).strip().split(" ", START_TICKS + 2);
        if (fields.length <= START_TICKS || fields[STATE].isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessEntry(
                    Long.parseLong(stat.substring(0, open).strip()),
                    Long.parseLong(fields[PARENT]),
                    fields[STATE].charAt(0),
                    Long.parseLong(fields[START_TICKS])));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
