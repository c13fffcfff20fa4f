package io.pgha.core.model;

/** The kinds of long work. At most one Job runs at a time. */
public enum JobKind {
    BOOTSTRAP("bootstrap"),
    POST_BOOTSTRAP("post-bootstrap"),
    CLONE("creating replica"),
    START_PRIMARY("starting primary after failure"),
    START_STANDBY("starting as a standby"),
    FOLLOW("following another upstream"),
    PROMOTE("promote"),
    DEMOTE("demote"),
    CRASH_RECOVERY("crash recovery in single-user mode"),
    CHECK_DIVERGENCE("comparing timelines with the leader"),
    REWIND("pg_rewind"),
    SET_ASIDE("setting the data directory aside"),
    COPY_SLOTS("copying logical slots from the leader"),
    RESTART("restart"),
    REINITIALIZE("reinitialize"),
    SHUTDOWN("shutdown");

    private final String words;

    JobKind(String words) {
        this.words = words;
    }

    /** What an operator reads. */
    public String words() {
        return words;
    }
}
