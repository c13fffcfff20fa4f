package io.pgha.sim.agent;

import io.pgha.agent.inbox.Inbox;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.ServerStatus;
import io.pgha.restapi.NodeSnapshot;
import java.util.Optional;

/** One life of an agent. */
public interface SimAgent {
    /** Runs the loop until the agent ends by its own decision. Blocks in virtual time. */
    void run();

    /** SIGTERM: it is to stop PostgreSQL and to end. */
    void shutDown();

    /** SIGUSR1: it is to end and to leave PostgreSQL as it is. */
    void detach();

    /** What its REST API says to a primary in failsafe mode. */
    FailsafeAnswer failsafe(FailsafePing ping);

    /** What it says of its server to others, given what the server says. */
    default ServerStatus tells(ServerStatus status) {
        return status;
    }

    /** Where operators' orders for this node alone arrive. */
    Inbox inbox();

    /** What its REST API would answer from, once there is something. */
    Optional<NodeSnapshot> snapshot();
}
