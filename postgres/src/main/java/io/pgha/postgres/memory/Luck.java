package io.pgha.postgres.memory;

import java.time.Duration;
import java.util.Optional;

/** How long things take this time, and what goes wrong. */
public interface Luck {
    /** Everything works and takes its usual time. */
    Luck USUAL = new Luck() {};

    /** How long this step takes. */
    default Duration duration(Step step) {
        return step.usual();
    }

    /** Why this step fails, if it does. */
    default Optional<String> trouble(Step step) {
        return Optional.empty();
    }
}
