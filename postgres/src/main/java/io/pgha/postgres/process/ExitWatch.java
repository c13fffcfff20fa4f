package io.pgha.postgres.process;

import io.pgha.core.model.Postmaster;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells at once when the postmaster exits. It is not our child, so that {@link ProcessHandle#onExit} would only poll
 * with growing pauses: a thread of its own sleeps in {@code poll(2)} on a pidfd instead, and polls only where the
 * kernel is older than 5.3.
 */
public final class ExitWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExitWatch.class);
    private static final long STACK_SIZE = 128L * 1024;
    private static final Duration POLL = Duration.ofMillis(25);
    private static final Deadline NEVER = Deadline.after(Duration.ofDays(3650));

    private final Runnable listener;
    private @Nullable Postmaster watched;
    private @Nullable Thread thread;

    /**
     * A watch that watches nobody yet.
     *
     * @param listener called on the watching thread, once for each exit
     */
    public ExitWatch(Runnable listener) {
        this.listener = listener;
    }

    /** Watches this postmaster from now on; nothing changes when it is watched already. */
    public synchronized void watch(Postmaster postmaster) {
        if (postmaster.equals(watched)) {
            return;
        }
        watched = postmaster;
        Thread started = new Thread(null, () -> await(postmaster), "postmaster-exit", STACK_SIZE);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void await(Postmaster postmaster) {
        int descriptor = Libc.available() ? Libc.openPidDescriptor(postmaster.pid()) : -1;
        if (descriptor >= 0) {
            try {
                // The number may have been reused before the descriptor was opened.
                while (ProcessTable.runs(postmaster.pid(), postmaster.startTicks())
                        && !Libc.awaitReadable(descriptor)) {
                    log.debug("poll was interrupted");
                }
            } finally {
                Libc.close(descriptor);
            }
        } else if (!NEVER.waitUntil(POLL, () -> !ProcessTable.runs(postmaster.pid(), postmaster.startTicks()))) {
            return;
        }
        if (forget(postmaster)) {
            log.info("postmaster {} has exited", postmaster.pid());
            listener.run();
        }
    }

    private synchronized boolean forget(Postmaster postmaster) {
        if (!postmaster.equals(watched)) {
            return false;
        }
        watched = null;
        return true;
    }

    /** Watches nobody any more. A thread asleep in {@code poll(2)} ends with its postmaster, or with this process. */
    @Override
    public synchronized void close() {
        watched = null;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
