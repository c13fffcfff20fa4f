package io.pgha.dcs.kv;

import io.pgha.dcs.wire.RawEntry;
import java.util.List;
import java.util.Optional;

/**
 * What came of a transaction.
 *
 * @param succeeded whether the conditions held
 * @param revision revision of the store after it, which is that of the writes if there were any
 * @param replies one for each step that was carried out, in order
 */
public record TxnReply(boolean succeeded, long revision, List<OpReply> replies) {
    public TxnReply {
        replies = List.copyOf(replies);
    }

    /** The entry that the first {@link Op.Get} found. */
    public Optional<RawEntry> got() {
        for (OpReply reply : replies) {
            if (reply instanceof Got got) {
                return got.entry();
            }
        }
        return Optional.empty();
    }

    /** The reply of the first nested transaction. */
    public Optional<TxnReply> nested() {
        for (OpReply reply : replies) {
            if (reply instanceof Inner inner) {
                return Optional.of(inner.reply());
            }
        }
        return Optional.empty();
    }

    /** What came of one step. */
    public sealed interface OpReply {}

    /** Something was put or deleted. */
    public record Wrote() implements OpReply {}

    /** A key was read. */
    public record Got(Optional<RawEntry> entry) implements OpReply {}

    /** A nested transaction was carried out. */
    public record Inner(TxnReply reply) implements OpReply {}
}
