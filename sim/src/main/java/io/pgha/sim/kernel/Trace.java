package io.pgha.sim.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happened, one line per event, with a hash over all of it: the same seed gives the same hash. */
public final class Trace {
    private static final int KEPT = 400;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<String> last = new ArrayDeque<>();
    private final Scheduler scheduler;
    private final Consumer<String> printer;
    private long hash = 0xcbf29ce484222325L;
    private long lines;

    /** @param printer gets each line at once */
    public Trace(Scheduler scheduler, Consumer<String> printer) {
        this.scheduler = scheduler;
        this.printer = printer;
    }

    /** Notes what happened to whom. */
    public void line(String who, String what) {
        String line =
                time(scheduler.now()) + "  " + (who + "      ").substring(0, Math.max(6, who.length())) + "  " + what;
        mix(line);
        lines++;
        if (last.size() == KEPT) {
            last.removeFirst();
        }
        last.addLast(line);
        printer.accept(line);
    }

    /** Over all lines so far. */
    public long hash() {
        return hash;
    }

    public long lines() {
        return lines;
    }

    /** The last lines, oldest first. */
    public List<String> tail() {
        return List.copyOf(last);
    }

    /** Seconds with six decimals, right-aligned. */
    public static String time(long nanos) {
        String seconds = Long.toString(nanos / 1_000_000_000);
        String micros = Long.toString(1_000_000 + Math.abs(nanos / 1_000 % 1_000_000));
        return " ".repeat(Math.max(0, 4 - seconds.length())) + seconds + "." + micros.substring(1);
    }

    private void mix(String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
    }
}
