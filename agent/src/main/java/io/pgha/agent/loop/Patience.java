package io.pgha.agent.loop;

import io.pgha.core.decide.Situation;
import io.pgha.core.model.MonotonicTime;
import java.util.List;
import java.util.Optional;

/** What failed is tried again after loop_wait, and so is what moves all the time; what is new is done at once. */
final class Patience {
    private Optional<MonotonicTime> triedAt = Optional.empty();
    private List<?> tried = List.of();

    boolean isDue(Situation situation, List<?> urgent, MonotonicTime now) {
        boolean same = urgent.equals(tried) || urgent.stream().allMatch(item -> item.equals(List.of()));
        boolean early = triedAt.filter(
                        at -> now.since(at).compareTo(situation.settings().loopWait()) < 0)
                .isPresent();
        if (same && early) {
            return false;
        }
        triedAt = Optional.of(now);
        tried = urgent;
        return true;
    }
}
