package io.pgha.dcs.kv;

import java.util.List;

/** Where a watch delivers to. Calls come one at a time, in order, and return at once. */
public interface WatchSink {
    /** Everything was read, and the watch is established from that revision on. */
    void relisted(Snapshot snapshot);

    /** Changes, in order of their revisions. */
    void changed(List<KeyEvent> events);

    /** The watch is broken; nothing more comes until {@link #relisted}. */
    void interrupted();
}
