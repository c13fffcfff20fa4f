package io.pgha.core.rules.standbycluster;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import java.time.Duration;
import java.util.Optional;

/** A member of a standby cluster that does not stream compares its history with that of the other cluster, now
 * and then. */
public final class ComparedWithRemoteWhenNotStreaming implements Rule {
    private static final Duration INTERVAL = Duration.ofSeconds(30);

    @Override
    public String says() {
        return "A member of a standby cluster that does not stream compares its history with that of the other cluster, now and then.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean fresh = situation.memory().comparedWith().equals(situation.comparison())
                && situation
                        .memory()
                        .comparedAt()
                        .filter(at -> situation.now().since(at).compareTo(INTERVAL) < 0)
                        .isPresent();
        boolean due = (situation.lockRenewed() || situation.lockedByAnother())
                && situation.local().runsAsStandby()
                && situation.followsUpstream()
                && !situation.settings().tags().nostream()
                && !situation.streams()
                && !fresh;
        return due
                ? situation
                        .remote()
                        .flatMap(remote -> Decision.of(
                                this,
                                situation.memory().toBuilder()
                                        .notCompared()
                                        .compared(situation.comparison(), situation.now())
                                        .build(),
                                new Action.CheckDivergence(remote),
                                "not streaming: comparing the history with that of " + remote.name()))
                : Optional.empty();
    }
}
