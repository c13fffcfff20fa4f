package io.pgha.core.slots;

/**
 * Whether the consumer of a permanent logical slot could go on with this node (facts §5.14, step 9).
 *
 * @param ready whether it could, without missing anything
 * @param reason why, in one sentence without a full stop, for people
 */
public record SlotCondition(boolean ready, String reason) {
    static SlotCondition ready(String reason) {
        return new SlotCondition(true, reason);
    }

    static SlotCondition unready(String reason) {
        return new SlotCondition(false, reason);
    }
}
