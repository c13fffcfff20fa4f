package io.pgha.dcs.etcd;

import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.stub.StreamObserver;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.kv.Snapshot;
import io.pgha.dcs.kv.WatchSink;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the watch alive: reads everything, watches from the next revision on, and begins anew when the watch breaks,
 * is cancelled, or what it has not seen yet was compacted (facts §1.5a). Its thread sleeps while the watch stands.
 */
final class EtcdWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EtcdWatch.class);
    private static final long PAUSE_MILLIS = 500;

    private final EtcdClient client;
    private final String prefix;
    private final WatchSink sink;
    private final Thread thread;
    private volatile @Nullable Stream stream;

    EtcdWatch(EtcdClient client, String prefix, WatchSink sink) {
        this.client = client;
        this.prefix = prefix;
        this.sink = sink;
        this.thread = new Thread(this::run, "pgha-etcd-watch");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Breaks the watch, so that everything is read again. */
    void interrupt() {
        Stream open = stream;
        if (open != null) {
            open.end();
        }
    }

    /** The same, if it runs on this connection. */
    void interruptOn(Connection failed) {
        Stream open = stream;
        if (open != null && open.connection.equals(failed)) {
            open.end();
        }
    }

    void close() {
        interrupt();
        thread.interrupt();
    }

    private void run() {
        while (!client.isClosed()) {
            try {
                watchOnce();
            } catch (InterruptedException e) {
                LOG.debug("The watch was told to stop");
            } catch (RuntimeException e) {
                // gRPC refuses a stream on a channel that is being closed; whatever it is, the next round starts anew.
                LOG.warn("The watch failed and is set up again: {}", e.toString());
                interrupt();
            }
            client.pause(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void watchOnce() throws InterruptedException {
        DcsOutcome<Snapshot> read = client.range("watch the cluster", prefix, client.attemptTimeout());
        Connection connection = client.existing();
        if (!(read instanceof DcsOutcome.Done<Snapshot> done) || connection == null) {
            return;
        }
        Stream open = new Stream(connection, done.value());
        stream = open;
        open.start();
        if (!open.created.await(client.attemptTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            open.end();
        }
        while (!open.ended.await(client.discoveryInterval().toMillis(), TimeUnit.MILLISECONDS)) {
            client.rediscover();
        }
    }

    /** One establishment of the watch. Answers come on Netty's thread, one at a time. */
    private final class Stream implements StreamObserver<WatchResponse> {
        private final Connection connection;
        private final Snapshot snapshot;
        private final CountDownLatch created = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private @Nullable StreamObserver<WatchRequest> requests;
        private boolean over;

        Stream(Connection connection, Snapshot snapshot) {
            this.connection = connection;
            this.snapshot = snapshot;
        }

        void start() {
            StreamObserver<WatchRequest> opened =
                    connection.open(WatchGrpc.getWatchMethod(), client.usableToken(), this);
            synchronized (this) {
                requests = opened;
            }
            opened.onNext(Requests.watch(prefix, snapshot.revision() + 1));
        }

        @Override
        public void onNext(WatchResponse response) {
            connection.answered();
            if (response.getCanceled() || response.getCompactRevision() > 0) {
                LOG.debug("etcd cancelled the watch: {}", response.getCancelReason());
                end();
                return;
            }
            synchronized (this) {
                if (over) {
                    return;
                }
                if (response.getCreated()) {
                    sink.relisted(snapshot);
                    created.countDown();
                }
                if (response.getEventsCount() > 0) {
                    sink.changed(response.getEventsList().stream()
                            .map(Requests::event)
                            .toList());
                }
            }
        }

        @Override
        public void onError(Throwable error) {
            LOG.debug("The watch broke: {}", error.toString());
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }

        void end() {
            StreamObserver<WatchRequest> opened;
            synchronized (this) {
                if (over) {
                    return;
                }
                over = true;
                opened = requests;
                sink.interrupted();
            }
            created.countDown();
            ended.countDown();
            if (opened != null) {
                // Cancels the stream on the server; on a broken one it does nothing.
                opened.onError(new java.util.concurrent.CancellationException("the watch is set up again"));
            }
        }
    }
}
