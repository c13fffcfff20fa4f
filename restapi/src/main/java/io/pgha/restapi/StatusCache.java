package io.pgha.restapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.model.MonotonicTime;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The body of the current snapshot, serialised once: a health check then costs a comparison and a write. Of all that a
 * body says, only the validity of the lock and the age of the snapshot depend on the time.
 */
final class StatusCache {
    private final ObjectMapper json;
    private volatile @Nullable Entry last;

    StatusCache(ObjectMapper json) {
        this.json = json;
    }

    /** The body, read-only; every call gives a buffer with its own position. */
    // The same snapshot, not an equal one: comparing them would cost more than the body.
    @SuppressWarnings("ReferenceEquality")
    ByteBuffer body(NodeSnapshot node, MonotonicTime now) {
        boolean stale = node.isStale(now);
        boolean holdsLock = node.holdsLock(now);
        Entry entry = last;
        if (entry == null || entry.node != node || entry.stale != stale || entry.holdsLock != holdsLock) {
            entry = new Entry(node, stale, holdsLock, serialise(node, now));
            last = entry;
        }
        return entry.body.duplicate();
    }

    private ByteBuffer serialise(NodeSnapshot node, MonotonicTime now) {
        try {
            return ByteBuffer.wrap(json.writeValueAsBytes(StatusBody.of(node, now)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a status body that is not JSON", e);
        }
    }

    private record Entry(NodeSnapshot node, boolean stale, boolean holdsLock, ByteBuffer body) {}
}
