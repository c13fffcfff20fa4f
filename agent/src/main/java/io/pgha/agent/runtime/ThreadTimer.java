package io.pgha.agent.runtime;

import io.pgha.agent.port.Timer;
import io.pgha.core.model.MonotonicTime;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease guard's timer: one thread of the highest priority that does nothing else, so that it fires while the loop hangs.
 *
 * <p>It parks for spans of {@link System#nanoTime}: a wall clock that is set moves nothing. A deadline that moves later
 * does not wake the thread; it finds out when it wakes at the earlier one, so that a renewal costs no context switch.
 */
final class ThreadTimer implements Timer {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadTimer.class);

    private record Entry(MonotonicTime when, Runnable action) {}

    private final AtomicReference<@Nullable Entry> pending = new AtomicReference<>();
    private @Nullable Thread thread;

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Not for correctness: where the system honours it, it helps.
    public synchronized void schedule(MonotonicTime when, Runnable action) {
        Entry before = pending.getAndSet(new Entry(when, action));
        if (thread == null) {
            thread = DaemonThread.of("lease-guard", DaemonThread.WORK_STACK, this::run);
            thread.setPriority(Thread.MAX_PRIORITY);
            thread.start();
        } else if (before == null || when.isBefore(before.when())) {
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void cancel() {
        pending.set(null);
    }

    private void run() {
        while (true) {
            Entry entry = pending.get();
            if (entry == null) {
                LockSupport.park(this);
                continue;
            }
            long left = entry.when().nanos() - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else if (pending.compareAndSet(entry, null)) {
                fire(entry.action());
            }
        }
    }

    private static void fire(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("the lease guard's action failed", e);
        }
    }
}
