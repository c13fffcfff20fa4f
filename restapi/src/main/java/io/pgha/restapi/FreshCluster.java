package io.pgha.restapi;

import io.pgha.core.model.ClusterView;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fresh reads of the DCS for {@code GET /cluster}. Requests that come while one is under way share it, so any number
 * of clients cost one read at a time and one thread.
 */
final class FreshCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FreshCluster.class);
    private static final long DEADLINE_SECONDS = 2;

    private final ClusterReader reader;
    private final ExecutorService thread;
    private @Nullable CompletableFuture<Optional<ClusterView>> underWay;

    FreshCluster(ClusterReader reader) {
        this.reader = reader;
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), FreshCluster::thread);
        executor.allowCoreThreadTimeOut(true);
        this.thread = executor;
    }

    /** The view as it stands in the DCS now; empty when it did not come within 2 seconds. */
    Optional<ClusterView> read() {
        try {
            return start().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.debug("GET /cluster: no answer from the DCS within {} s", DEADLINE_SECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            LOG.warn("GET /cluster: reading the DCS failed", e.getCause());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized CompletableFuture<Optional<ClusterView>> start() {
        if (underWay == null || underWay.isDone()) {
            underWay = CompletableFuture.supplyAsync(reader::read, thread);
        }
        return underWay;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "rest-dcs-read");
        thread.setDaemon(true);
        return thread;
    }
}
