package io.pgha.dcs.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One key with its value, as the DCS holds it. Immutable as long as nobody writes into the array. */
public final class RawEntry {
    private final String key;
    private final byte[] value;
    private final long leaseId;
    private final long createRevision;
    private final long modRevision;
    /** What was made of it: entries live on from one view to the next, and most of them do not change. */
    private volatile @Nullable Object decoded;

    /**
     * @param value the bytes; handed over, not copied
     * @param leaseId the lease that the key is attached to, 0 when none
     * @param createRevision revision at which the key came to be
     * @param modRevision revision of the last write
     */
    public RawEntry(String key, byte[] value, long leaseId, long createRevision, long modRevision) {
        this.key = key;
        this.value = value;
        this.leaseId = leaseId;
        this.createRevision = createRevision;
        this.modRevision = modRevision;
    }

    public String key() {
        return key;
    }

    /** The bytes themselves, not a copy. */
    public byte[] value() {
        return value;
    }

    /** The value as text; bytes that are not UTF-8 are replaced. */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    public long leaseId() {
        return leaseId;
    }

    public long createRevision() {
        return createRevision;
    }

    public long modRevision() {
        return modRevision;
    }

    /**
     * What the decoder makes of this entry; the same object each time. An entry is decoded to one type only, as that
     * follows from its key, and to something immutable.
     */
    <T> T decoded(Class<T> type, Function<RawEntry, T> decoder) {
        Object known = decoded;
        if (!type.isInstance(known)) {
            T made = decoder.apply(this);
            decoded = made;
            return made;
        }
        return type.cast(known);
    }

    public boolean hasValue(byte[] other) {
        return Arrays.equals(value, other);
    }

    @Override
    public String toString() {
        return key + "@" + modRevision;
    }
}
