package io.pgha.postgres.process;

import java.util.List;
import java.util.regex.Pattern;

/** Which children of a postmaster serve clients, told by their titles (facts §6.3). */
public final class ClientBackends {
    /** Titles that have nothing behind the name; with more words it is a client whose role is called like that. */
    private static final Pattern BARE = Pattern.compile("(checkpointer|background writer|writer|walwriter|wal writer|"
            + "autovacuum launcher|logical replication launcher|stats collector|logger|slotsync worker|walsummarizer|"
            + "archiver|startup|walreceiver|io worker)( process)?");

    private static final Pattern WITH_DETAILS = Pattern.compile("(archiver (archiving|last was|failed on) |"
            + "startup (recovering|waiting) |walreceiver (streaming|stopping|starting|connecting|waiting)|"
            + "autovacuum worker|walsender |wal sender process |io worker \\d|slotsync worker |"
            + "logical replication |bgworker: |parallel worker for PID ).*");

    private ClientBackends() {}

    /** Whether any child of this postmaster may serve a client. */
    public static boolean any(long postmaster, String clusterName) {
        List<ProcessEntry> children = ProcessTable.children(postmaster);
        return children.stream().anyMatch(child -> isClient(ProcessTable.title(child.pid()), clusterName));
    }

    /** A child that has no title of its own yet counts as one: it may become one. An empty title is a dead child. */
    static boolean isClient(String title, String clusterName) {
        if (title.isEmpty()) {
            return false;
        }
        if (!title.startsWith("postgres: ")) {
            return true;
        }
        String rest = title.substring("postgres: ".length());
        String prefix = clusterName + ": ";
        String activity = rest.startsWith(prefix) ? rest.substring(prefix.length()) : rest;
        String name = activity.strip();
        return !BARE.matcher(name).matches()
                && !WITH_DETAILS.matcher(name + " ").matches();
    }
}
