package io.pgha.dcs.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One key with its value, as the DCS holds it. Immutable as long as nobody writes into the array. */
public final class RawEntry {
    private final String key;
    private final byte[] value;
    private final long leaseId;
    private final long createRevision;
    private final long modRevision;

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

    public boolean hasValue(byte[] other) {
        return Arrays.equals(value, other);
    }

    @Override
    public String toString() {
        return key + "@" + modRevision;
    }
}
