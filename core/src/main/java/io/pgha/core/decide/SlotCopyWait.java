package io.pgha.core.decide;

import io.pgha.core.model.MonotonicTime;
import java.time.Duration;

/**
 * A standby that waits for its turn to restart for logical slots.
 *
 * @param first whose turn it was when this standby looked last, possibly its own
 * @param since when it began to wait
 * @param last when it looked last
 */
public record SlotCopyWait(String first, MonotonicTime since, MonotonicTime last) {
    /** Who has not looked for so long has waited for something else. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);

    static SlotCopyWait begun(String first, MonotonicTime now) {
        return new SlotCopyWait(first, now, now);
    }

    /** After another look. */
    SlotCopyWait looked(String nowFirst, MonotonicTime now) {
        return new SlotCopyWait(nowFirst, since, now);
    }

    boolean isOf(Situation situation) {
        Duration longest = FORGOTTEN.plus(situation.settings().loopWait().multipliedBy(2));
        return situation.now().since(last).compareTo(longest) < 0;
    }
}
