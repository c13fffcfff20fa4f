package io.pgha.core.decide;

import io.pgha.core.model.Lsn;
import java.util.Optional;

/**
 * What this cycle has to obey besides what it sees.
 *
 * @param shutDown whether the agent was told to stop in order
 * @param shutdownCheckpoint position at which PostgreSQL has stopped writing, once a stop that runs has come so far
 */
public record Orders(boolean shutDown, Optional<Lsn> shutdownCheckpoint) {
    /** Nothing was ordered. */
    public static final Orders NONE = new Orders(false, Optional.empty());
}
