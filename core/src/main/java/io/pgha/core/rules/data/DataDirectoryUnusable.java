package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import java.util.Optional;

/** The data directory cannot be used as it is: nothing is done with it, and the lock is given up. */
public final class DataDirectoryUnusable implements Rule {
    @Override
    public String says() {
        return "The data directory cannot be used as it is: nothing is done with it, and the lock is given up.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        if (situation.local().dataDirectory() != DataDirectory.INACCESSIBLE) {
            return Optional.empty();
        }
        String complaint = situation.local().complaint().orElse("the data directory cannot be read");
        return situation.lockKeyIsMine() && !situation.local().postmasterRuns() && situation.renewalUntried()
                ? Decision.of(this, situation, new Action.ReleaseLock(Optional.empty()), complaint)
                : Decision.of(this, situation, new Action.Wait(), complaint);
    }
}
