package io.pgha.dcs.memory;

import java.time.Duration;

/** Lets time pass for the caller. The simulator moves its virtual time on; nothing here ever sleeps. */
@FunctionalInterface
public interface Pacer {
    /** Returns when the clock of the caller has moved on by at least this much. */
    void pause(Duration duration);
}
