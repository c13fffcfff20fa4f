package io.pgha.dcs.kv;

import java.nio.charset.StandardCharsets;

/** One step of a transaction. */
public sealed interface Op {
    /** Writes a key. */
    final class Put implements Op {
        private final String key;
        private final byte[] value;
        private final long leaseId;

        /**
         * @param value the bytes; handed over, not copied
         * @param leaseId the lease to attach the key to, 0 for none
         */
        public Put(String key, byte[] value, long leaseId) {
            this.key = key;
            this.value = value;
            this.leaseId = leaseId;
        }

        /** The same for a text. */
        public Put(String key, String text, long leaseId) {
            this(key, text.getBytes(StandardCharsets.UTF_8), leaseId);
        }

        public String key() {
            return key;
        }

        public byte[] value() {
            return value;
        }

        public long leaseId() {
            return leaseId;
        }
    }

    /** Reads a key. */
    record Get(String key) implements Op {}

    /** Deletes a key, if it is there. */
    record Delete(String key) implements Op {}

    /** Deletes every key that starts with the prefix. */
    record DeletePrefix(String prefix) implements Op {}

    /** A transaction within the transaction. */
    record Nested(Txn txn) implements Op {}
}
