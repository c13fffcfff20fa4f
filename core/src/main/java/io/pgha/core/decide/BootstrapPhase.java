package io.pgha.core.decide;

/** How far this node is with initialising a new cluster. */
public enum BootstrapPhase {
    /** It is not initialising anything. */
    NONE,
    /** It won the race; initdb or the custom method runs. */
    CREATING,
    /** The server was started for the first time. */
    STARTED,
    /** Roles exist and post_bootstrap has run: it can be published. */
    READY,
    /** Something failed: everything is to be taken back. */
    FAILED
}
