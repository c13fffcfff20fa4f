package io.pgha.dcs.kv;

import io.pgha.core.model.ClusterView;
import io.pgha.dcs.DcsChange;
import io.pgha.dcs.wire.ClusterViewParser;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.dcs.wire.RawEntry;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copy of the cluster's keys, fed by reads, own writes and the watch, and who is told of changes. Thread-safe. */
final class WatchedCluster implements WatchSink {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedCluster.class);

    /** So many of our own writes are remembered until the watch reports them back. */
    private static final int REMEMBERED_WRITES = 64;

    private final KeyLayout keys;
    private final ClusterViewParser parser;
    private final KeyCache cache = new KeyCache();
    private final Set<Long> ownRevisions = new LinkedHashSet<>();
    private final Set<String> doubtful = new HashSet<>();
    private volatile Consumer<DcsChange> listener = change -> {};
    private boolean watching;
    private boolean established;
    /** What was known when the watch broke: the read with which it begins anew was sent later. */
    private long floor;

    private long returns;
    private @Nullable ClusterView parsed;

    WatchedCluster(KeyLayout keys) {
        this.keys = keys;
        this.parser = new ClusterViewParser(keys);
    }

    void listener(Consumer<DcsChange> newListener) {
        listener = newListener;
        synchronized (this) {
            watching = true;
        }
    }

    /** The highest revision that is known. */
    synchronized long revision() {
        return cache.revision();
    }

    /** How often the store has gone back to an older state, as far as was noticed. */
    synchronized long returns() {
        return returns;
    }

    /** The copy, when the watch is established. */
    synchronized Optional<ClusterView> view() {
        if (!established) {
            return Optional.empty();
        }
        if (parsed == null) {
            parsed = parser.parse(cache.entries(), cache.revision());
        }
        return Optional.of(parsed);
    }

    /**
     * What stands there for all we know; empty also when a write of ours got no answer since, and while the watch is broken:
     * the store may be another one when it answers again.
     */
    synchronized Optional<RawEntry> certainEntry(String key) {
        return doubtful.contains(key) || (watching && !established) ? Optional.empty() : cache.entry(key);
    }

    /** A write of these keys got no answer: until the next read nobody knows what stands there. */
    synchronized void doubt(List<Op> ops) {
        for (Op op : ops) {
            if (op instanceof Op.Put put) {
                doubtful.add(put.key());
            }
        }
    }

    /**
     * Takes over a read of ours.
     *
     * @param least what was known before it was sent
     */
    ClusterView read(Snapshot snapshot, long least) {
        synchronized (this) {
            takeOver(snapshot, least);
            doubtful.clear();
            parsed = null;
        }
        return parser.parse(snapshot.entries(), snapshot.revision());
    }

    private void takeOver(Snapshot snapshot, long least) {
        if (cache.isContradictedBy(snapshot, least)) {
            LOG.warn(
                    "etcd has gone back to an older state: it is at revision {}, and was at {}",
                    snapshot.revision(),
                    least);
            returns++;
            cache.clear();
            ownRevisions.clear();
        }
        cache.replaceWith(snapshot);
    }

    /** Takes over what a transaction of ours wrote. */
    synchronized void wrote(List<Op> ops, long revision) {
        for (Op op : ops) {
            if (op instanceof Op.Put put) {
                cache.wrote(put, revision);
                doubtful.remove(put.key());
            } else if (op instanceof Op.Delete delete) {
                cache.deleted(delete.key(), revision);
            } else if (op instanceof Op.DeletePrefix all) {
                cache.deletedBelow(all.prefix(), revision);
            }
        }
        ownRevisions.add(revision);
        if (ownRevisions.size() > REMEMBERED_WRITES) {
            ownRevisions.remove(ownRevisions.iterator().next());
        }
        parsed = null;
    }

    @Override
    public void relisted(Snapshot snapshot) {
        synchronized (this) {
            takeOver(snapshot, floor);
            established = true;
            parsed = null;
        }
        listener.accept(DcsChange.UNCERTAIN);
    }

    @Override
    public void changed(List<KeyEvent> events) {
        Set<DcsChange> news = EnumSet.noneOf(DcsChange.class);
        synchronized (this) {
            for (KeyEvent event : events) {
                cache.apply(event);
                if (!ownRevisions.contains(event.revision())) {
                    news.add(keys.changeOf(event.key()));
                }
            }
            parsed = null;
        }
        news.forEach(listener);
    }

    @Override
    public void interrupted() {
        synchronized (this) {
            if (!established) {
                return;
            }
            established = false;
            floor = cache.revision();
            parsed = null;
        }
        listener.accept(DcsChange.UNCERTAIN);
    }
}
