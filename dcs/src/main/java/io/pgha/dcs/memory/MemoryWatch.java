package io.pgha.dcs.memory;

import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.kv.KeyEvent;
import io.pgha.dcs.kv.Snapshot;
import io.pgha.dcs.kv.WatchSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** One client's watch: reads everything, delivers what follows, and does so again a second after an interruption. */
final class MemoryWatch {
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final MemoryStore store;
    private final String client;
    private final DcsFaults faults;
    private final String prefix;
    private final WatchSink sink;
    private boolean established;
    private boolean closed;

    /** Events that have happened and not arrived yet. Guarded, as all state here, by the store's monitor. */
    private final Queue<List<KeyEvent>> underWay = new ArrayDeque<>();

    MemoryWatch(MemoryStore store, String client, DcsFaults faults, String prefix, WatchSink sink) {
        this.store = store;
        this.client = client;
        this.faults = faults;
        this.prefix = prefix;
        this.sink = sink;
    }

    /** Establishes the watch as soon as the event queue gets to it. */
    void start() {
        store.subscribe(this);
        store.later().after(Duration.ZERO, this::establish);
    }

    /** Breaks the watch; it is tried again in a second. */
    void interrupt() {
        synchronized (store) {
            if (!established || closed) {
                return;
            }
            established = false;
            underWay.clear();
            sink.interrupted();
        }
        store.later().after(BEFORE_NEXT_TRY, this::establish);
    }

    void close() {
        synchronized (store) {
            closed = true;
            established = false;
            underWay.clear();
        }
        store.unsubscribe(this);
    }

    /** The store tells of changes at one revision; they arrive later, in order, or not at all. */
    void happened(List<KeyEvent> events) {
        synchronized (store) {
            List<KeyEvent> ours = events.stream()
                    .filter(event -> event.key().startsWith(prefix))
                    .toList();
            if (!established || ours.isEmpty()) {
                return;
            }
            underWay.add(ours);
        }
        store.later().after(faults.watchDelay(client), this::deliverNext);
    }

    /** The store has thrown away revisions that this watch has not seen. */
    void compacted() {
        interrupt();
    }

    private void deliverNext() {
        synchronized (store) {
            if (underWay.isEmpty()) {
                return;
            }
            if (faults.watchWorks(client)) {
                sink.changed(underWay.remove());
                return;
            }
        }
        interrupt();
    }

    private void establish() {
        synchronized (store) {
            if (closed || established) {
                return;
            }
            CallFate fate = faults.fateOf(new DcsCall(client, DcsCall.Kind.WATCH, "watch the cluster"));
            if (faults.watchWorks(client)
                    && fate.kind() == CallFate.Kind.PASS
                    && store.range(prefix) instanceof DcsOutcome.Done<Snapshot> done) {
                established = true;
                sink.relisted(done.value());
                return;
            }
        }
        store.later().after(BEFORE_NEXT_TRY, this::establish);
    }
}
