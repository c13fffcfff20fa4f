package io.pgha.agent.runtime;

import io.pgha.agent.port.Doorbell;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A doorbell between threads. Waits on the monotonic clock; many rings before one wait count once. */
final class ThreadDoorbell implements Doorbell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean rung;

    @Override
    public void ring() {
        lock.lock();
        try {
            rung = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (!rung && left > 0) {
                left = changed.awaitNanos(left);
            }
            boolean answer = rung;
            rung = false;
            return answer;
        } finally {
            lock.unlock();
        }
    }
}
