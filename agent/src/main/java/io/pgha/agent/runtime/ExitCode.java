package io.pgha.agent.runtime;

/** With what the agent ends; documented in docs/installation.md, and known to the systemd unit. */
final class ExitCode {
    /** It was told to end, and did so in order. */
    static final int OK = 0;

    /** It cannot run now: another agent has its name, a port is taken, the cluster is another one. */
    static final int REFUSED = 1;

    /** Bad command line. */
    static final int USAGE = 2;

    /** A bug. PostgreSQL was stopped if it could have been the leader. */
    static final int BUG = 70;

    /** The configuration, the user or the installation is wrong: starting again would not help. */
    static final int CONFIGURATION = 78;

    private ExitCode() {}
}
