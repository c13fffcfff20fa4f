package io.pgha.core.model;

import java.time.Duration;
import java.util.Optional;

/**
 * What a member said to a {@link FailsafePing}.
 *
 * @param name the member
 * @param accepted whether it will not lead for a while
 * @param promise for how long, counted from when it answered; empty where it did not say (Patroni): for the ttl
 * @param problem why it did not accept
 */
public record FailsafeAnswer(String name, boolean accepted, Optional<Duration> promise, Optional<String> problem) {
    /** It accepts. */
    public static FailsafeAnswer accepted(String name, Optional<Duration> promise) {
        return new FailsafeAnswer(name, true, promise, Optional.empty());
    }

    /** It does not, or was not heard. */
    public static FailsafeAnswer refused(String name, String problem) {
        return new FailsafeAnswer(name, false, Optional.empty(), Optional.of(problem));
    }
}
