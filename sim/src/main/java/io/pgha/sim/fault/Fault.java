package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.World;
import java.util.Optional;

/** One way in which things go wrong. */
@FunctionalInterface
interface Fault {
    /** Lets it happen, unless the world is not in a state for it. */
    Optional<Trouble> strike(World world, Chance chance);

    static Fault of(FaultFamily family) {
        return switch (family) {
            case AGENT_CRASH -> ProcessFaults::agentCrash;
            case AGENT_FREEZE_SHORT -> ProcessFaults::agentFreezeShort;
            case AGENT_FREEZE_LONG -> ProcessFaults::agentFreezeLong;
            case POSTGRES_CRASH -> ProcessFaults::postgresCrash;
            case POSTGRES_HANG -> ProcessFaults::postgresHang;
            case NODE_LOSS -> ProcessFaults::nodeLoss;
            case DEAD_MAN -> ProcessFaults::deadMan;
            case ETCD_PARTITION -> NetworkFaults::etcdPartition;
            case ETCD_ONE_WAY -> NetworkFaults::etcdOneWay;
            case ISOLATION -> NetworkFaults::isolation;
            case PEERS_PARTITION -> NetworkFaults::peersPartition;
            case LOST_REPLIES -> DcsFaultKinds::lostReplies;
            case SLOW_CALLS -> DcsFaultKinds::slowCalls;
            case ETCD_OUTAGE -> DcsFaultKinds::outage;
            case ETCD_UPKEEP -> DcsFaultKinds::upkeep;
            case LEASE_REVOKED -> DcsFaultKinds::leaseRevoked;
            case WALL_CLOCK -> ProcessFaults::wallClock;
            case POSTGRES_TROUBLE -> ProcessFaults::postgresTrouble;
            case PAUSE -> OperatorFaults::pause;
        };
    }
}
