package io.pgha.ctl;

import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import java.util.List;
import java.util.Map;

/** Where the keys of clusters are. */
public interface ClusterStore extends AutoCloseable {
    /**
     * Reads a cluster; an unknown one is empty.
     *
     * @throws DcsSilentException when the DCS cannot be reached or refuses
     */
    ClusterView read(String cluster);

    /**
     * Writes the key {@code failover}, whatever it holds; a request that is not present clears it.
     *
     * @throws CtlException when it could not be written
     */
    void writeFailover(String cluster, FailoverRequest request);

    /**
     * Writes the key {@code config}.
     *
     * @param modRevision revision that the key must still have
     * @return whether it was written; false: somebody else changed it meanwhile
     * @throws CtlException when the DCS cannot be reached or refuses
     */
    boolean writeConfig(String cluster, Map<String, Object> config, long modRevision);

    /**
     * Reads the last events that members of pgha left in the DCS, oldest first, by member.
     *
     * @throws DcsSilentException when the DCS cannot be reached or refuses
     */
    Map<String, List<Event>> events(String cluster);

    /**
     * Deletes every key of the cluster.
     *
     * @throws CtlException when the DCS cannot be reached or refuses
     */
    void remove(String cluster);

    @Override
    void close();
}
