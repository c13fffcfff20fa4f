package io.pgha.dcs.kv;

import io.pgha.dcs.wire.RawEntry;

/** A change of one key, as the watch tells it. */
public sealed interface KeyEvent {
    String key();

    /** The revision at which it happened. */
    long revision();

    /** The key was written. */
    record Written(RawEntry entry) implements KeyEvent {
        @Override
        public String key() {
            return entry.key();
        }

        @Override
        public long revision() {
            return entry.modRevision();
        }
    }

    /** The key was deleted, or its lease expired. */
    record Deleted(String key, long revision) implements KeyEvent {}
}
