package io.pgha.postgres.process;

import java.time.Duration;
import java.util.List;

/** Ends a process together with everything that it started. */
public final class ProcessTree {
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(5);
    private static final int ROUNDS = 3;

    private ProcessTree() {}

    /**
     * Suspends the process, so that it starts no further children, and kills all its descendants and then itself
     * (facts §6.3). SIGKILL reaches suspended processes, too.
     *
     * @param wait how long to wait for the end; a process in uninterruptible sleep may take longer
     * @return whether all are gone
     */
    public static boolean kill(long pid, long startTicks, Duration wait) {
        if (!ProcessTable.runs(pid, startTicks)) {
            return true;
        }
        Signal.STOP.sendTo(pid);
        List<ProcessEntry> descendants = ProcessTable.descendants(pid);
        for (int round = 0; round < ROUNDS && !descendants.isEmpty(); round++) {
            descendants.forEach(entry -> Signal.KILL.sendTo(entry.pid()));
            // A child that forked between the listing and its death left a grandchild.
            descendants = merge(descendants, ProcessTable.descendants(pid));
            if (descendants.stream().noneMatch(entry -> ProcessTable.runs(entry.pid(), entry.startTicks()))) {
                break;
            }
        }
        Signal.KILL.sendTo(pid);
        List<ProcessEntry> killed = descendants;
        return Deadline.after(wait)
                .waitUntil(
                        CHECK_INTERVAL,
                        () -> !ProcessTable.runs(pid, startTicks)
                                && killed.stream()
                                        .noneMatch(entry -> ProcessTable.runs(entry.pid(), entry.startTicks())));
    }

    private static List<ProcessEntry> merge(List<ProcessEntry> known, List<ProcessEntry> found) {
        return java.util.stream.Stream.concat(known.stream(), found.stream())
                .distinct()
                .toList();
    }
}
