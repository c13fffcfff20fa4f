package io.pgha.core.model;

/**
 * The server's own parameters of synchronous replication, as it shows them to a session.
 *
 * @param standbyNames {@code synchronous_standby_names}; blank while nobody is waited for
 * @param commit {@code synchronous_commit}, for example {@code on}
 */
public record SyncParameters(String standbyNames, String commit) {
    /** PostgreSQL's defaults. */
    public static final SyncParameters NONE = new SyncParameters("", "on");

    /** The names; {@link SyncNames#OFF} for a text that PostgreSQL itself would refuse. */
    public SyncNames names() {
        return SyncNames.parse(standbyNames).orElse(SyncNames.OFF);
    }
}
