package io.pgha.agent.runtime;

import io.pgha.agent.loop.HaLoop;
import io.pgha.agent.port.Doorbell;
import org.jspecify.annotations.Nullable;

/** How the agent was told to end, if it was: before there is a loop, or by the loop. Any thread. */
final class Ending {
    /** What was asked for. */
    enum Kind {
        NONE,
        /** Stop PostgreSQL, hand the lock over, end. */
        SHUT_DOWN,
        /** End, and leave PostgreSQL and the lock to the next agent. */
        DETACH
    }

    private final Doorbell doorbell;
    private Kind kind = Kind.NONE;
    private @Nullable HaLoop loop;

    Ending(Doorbell doorbell) {
        this.doorbell = doorbell;
    }

    /** Told by a signal. The first one counts. */
    synchronized void ask(Kind wanted) {
        if (kind == Kind.NONE) {
            kind = wanted;
        }
        tell();
        doorbell.ring();
    }

    /** From now on the loop is told. */
    synchronized void loop(HaLoop started) {
        loop = started;
        tell();
    }

    synchronized Kind kind() {
        return kind;
    }

    synchronized boolean wanted() {
        return kind != Kind.NONE;
    }

    private void tell() {
        if (loop == null) {
            return;
        }
        switch (kind) {
            case SHUT_DOWN -> loop.shutDown();
            case DETACH -> loop.detach();
            case NONE -> {
                // nothing was asked for yet
            }
        }
    }
}
