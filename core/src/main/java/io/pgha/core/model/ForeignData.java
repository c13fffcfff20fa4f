package io.pgha.core.model;

import java.util.Optional;

/** A data directory that belongs to another cluster than the one in the DCS, and how a member key tells of it. */
public final class ForeignData {
    /** The field of our own part of a member key; there only while the data are foreign. */
    public static final String FIELD = "foreign_system_identifier";

    private ForeignData() {}

    /**
     * The system identifier of a data directory if it is not that of the cluster.
     *
     * @param local of the data directory, where it is known
     */
    public static Optional<String> of(ClusterView view, Optional<String> local) {
        Optional<String> cluster = view.systemIdentifier();
        return local.filter(mine -> cluster.isPresent() && !cluster.get().equals(mine));
    }

    /** What a member of pgha says of itself; empty where all is well. */
    public static Optional<String> of(Member member) {
        return member.ours(FIELD).filter(String.class::isInstance).map(String.class::cast);
    }
}
