package io.pgha.postgres.local;

import io.pgha.core.model.Lsn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The state file of a logical slot, as the leader has it.
 *
 * @param name the slot's name
 * @param confirmed up to where its consumer has everything
 * @param content of {@code pg_replslot/NAME/state}
 */
record SlotState(String name, Lsn confirmed, ByteBuffer content) {
    /** SLOT_MAGIC of PostgreSQL's slot.c. */
    private static final int MAGIC = 0x1051CA1;

    /** Before the data that the checksum covers: magic and checksum. */
    private static final int UNCHECKED = 8;

    /** ReplicationSlotPersistentData begins after magic, checksum, version and length: name, database, persistency, xmin, catalog_xmin. */
    private static final int RESTART = 16 + 64 + 4 + 4 + 4 + 4;

    /** The oldest WAL that this copy needs; the leader's own slot may be further by now. */
    Lsn restart() {
        return new Lsn(content.duplicate().order(ByteOrder.nativeOrder()).getLong(RESTART));
    }

    /** With a damaged one PostgreSQL would not start. */
    boolean isWhole() {
        if (content.limit() < RESTART + Long.BYTES) {
            return false;
        }
        ByteBuffer buffer = content.duplicate().order(ByteOrder.nativeOrder());
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.duplicate().position(UNCHECKED));
        return buffer.getInt(0) == MAGIC && buffer.getInt(4) == (int) checksum.getValue();
    }

    byte[] bytes() {
        byte[] bytes = new byte[content.limit()];
        content.get(0, bytes);
        return bytes;
    }
}
