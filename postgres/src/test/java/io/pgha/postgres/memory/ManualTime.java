package io.pgha.postgres.memory;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when the only agent of a test pauses. */
final class ManualTime implements ServerTime {
    private record Due(long time, long sequence, Runnable action) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::sequence));
    private long now;
    private long sequence;

    @Override
    public void pause(Duration time) {
        long until = now + time.toNanos();
        while (!queue.isEmpty() && queue.element().time() <= until) {
            Due due = queue.remove();
            now = due.time();
            due.action().run();
        }
        now = until;
    }

    @Override
    public void after(Duration delay, Runnable action) {
        queue.add(new Due(now + delay.toNanos(), sequence++, action));
    }
}
