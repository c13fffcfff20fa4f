package io.pgha.dcs.memory;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that moves only when told to, and an event queue on it. */
final class VirtualTime implements Clock, Later, Pacer {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long now = 1_000_000_000L;
    private long number;

    @Override
    public MonotonicTime now() {
        return new MonotonicTime(now);
    }

    @Override
    public Instant wall() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(now + delay.toNanos(), number++, task));
    }

    /** Moves on, and runs what falls due on the way. */
    @Override
    public void pause(Duration duration) {
        long until = now + duration.toNanos();
        while (!tasks.isEmpty() && tasks.element().at() <= until) {
            Task next = tasks.remove();
            now = Math.max(now, next.at());
            next.what().run();
        }
        now = Math.max(now, until);
    }

    private record Task(long at, long number, Runnable what) {}
}
