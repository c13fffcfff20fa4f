package io.pgha.core.model;

import java.util.Locale;

/** Which of a standby's positions a commit waits for; follows {@code synchronous_commit} (facts §5.16). */
public enum AckPosition {
    WRITTEN,
    FLUSHED,
    REPLAYED;

    /** {@code remote_write} and {@code remote_apply} have their own positions, everything else waits for the flush. */
    public static AckPosition of(String synchronousCommit) {
        return switch (synchronousCommit.toLowerCase(Locale.ROOT)) {
            case "remote_write" -> WRITTEN;
            case "remote_apply" -> REPLAYED;
            default -> FLUSHED;
        };
    }

    /** The standby's position; {@link Lsn#ZERO} while unknown. */
    public Lsn of(WalSender sender) {
        return switch (this) {
            case WRITTEN -> sender.written();
            case FLUSHED -> sender.flushed();
            case REPLAYED -> sender.replayed();
        };
    }
}
