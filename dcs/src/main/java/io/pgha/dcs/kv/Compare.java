package io.pgha.dcs.kv;

/** A condition of a transaction. */
public sealed interface Compare {
    String key();

    /**
     * The key came to be at this revision.
     *
     * @param revision 0: the key is absent
     */
    record CreateRevision(String key, long revision) implements Compare {}

    /**
     * The key was last written at this revision.
     *
     * @param revision 0: the key is absent
     */
    record ModRevision(String key, long revision) implements Compare {}

    /** The key is there and has this text as its value. */
    record Value(String key, String text) implements Compare {}
}
