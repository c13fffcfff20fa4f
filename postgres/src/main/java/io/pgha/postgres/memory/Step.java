package io.pgha.postgres.memory;

import java.time.Duration;

/** What takes time in a server or may fail, with the time that it takes when nothing else is said. */
public enum Step {
    OBSERVE(Duration.ofMillis(3)),
    SQL(Duration.ofMillis(5)),
    CONNECT(Duration.ofMillis(5)),
    INITDB(Duration.ofSeconds(2)),
    START(Duration.ofMillis(200)),
    CRASH_RECOVERY(Duration.ofMillis(500)),
    SHUTDOWN_CHECKPOINT(Duration.ofMillis(100)),
    EXIT(Duration.ofMillis(50)),
    QUIT(Duration.ofMillis(20)),
    PROMOTE(Duration.ofMillis(100)),
    CHECKPOINT(Duration.ofMillis(100)),
    BASEBACKUP(Duration.ofSeconds(5)),
    REWIND(Duration.ofSeconds(2)),
    PRE_PROMOTE(Duration.ofMillis(10)),
    /** From one packet of streaming replication to the next: the lag of a standby. */
    STREAM(Duration.ofMillis(200));

    private final Duration usual;

    Step(Duration usual) {
        this.usual = usual;
    }

    /** How long it takes on an idle machine with a small database. */
    public Duration usual() {
        return usual;
    }
}
