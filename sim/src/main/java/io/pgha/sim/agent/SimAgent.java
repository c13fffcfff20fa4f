package io.pgha.sim.agent;

import io.pgha.restapi.NodeSnapshot;
import java.util.Optional;

/** One life of an agent. */
public interface SimAgent {
    /** Runs the loop until the agent ends by its own decision. Blocks in virtual time. */
    void run();

    /** What its REST API would answer from, once there is something. */
    Optional<NodeSnapshot> snapshot();
}
