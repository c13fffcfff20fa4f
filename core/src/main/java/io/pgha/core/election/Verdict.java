package io.pgha.core.election;

/**
 * Whether this node may take over.
 *
 * @param fit whether it may
 * @param reason one sentence
 */
public record Verdict(boolean fit, String reason) {
    static Verdict fit(String reason) {
        return new Verdict(true, reason);
    }

    static Verdict unfit(String reason) {
        return new Verdict(false, reason);
    }
}
