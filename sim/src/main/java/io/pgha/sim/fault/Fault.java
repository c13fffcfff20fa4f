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
            case AGENT_CRASH -> AgentFaults::crash;
            case AGENT_STOP -> AgentFaults::stop;
            case AGENT_FREEZE_SHORT -> AgentFaults::freezeShort;
            case AGENT_FREEZE_LONG -> AgentFaults::freezeLong;
            case AGENT_UPGRADE -> AgentFaults::upgrade;
            case CPU_STARVED -> AgentFaults::starved;
            case KILLED_MIDWAY -> AgentFaults::killedMidway;
            case DEAD_MAN -> AgentFaults::deadMan;
            case POSTGRES_CRASH -> PostgresFaults::crash;
            case POSTGRES_STOPPED -> PostgresFaults::stopped;
            case POSTGRES_HANG -> PostgresFaults::hang;
            case POSTGRES_TROUBLE -> PostgresFaults::trouble;
            case POSTGRES_CANNOT_START -> PostgresFaults::cannotStart;
            case LONG_RECOVERY -> PostgresFaults::longRecovery;
            case REPLAY_PAUSED -> PostgresFaults::replayPaused;
            case DISK_FULL -> PostgresFaults::diskFull;
            case DATA_LOST -> NodeFaults::dataLost;
            case NODE_LOSS -> NodeFaults::loss;
            case NODE_FREEZE -> NodeFaults::freeze;
            case NODES_TOGETHER -> NodeFaults::together;
            case ISOLATION -> NetworkFaults::isolation;
            case ETCD_PARTITION -> NetworkFaults::etcdPartition;
            case ETCD_ONE_WAY -> NetworkFaults::etcdOneWay;
            case PEERS_PARTITION -> NetworkFaults::peersPartition;
            case HALVES_OR_RING -> NetworkFaults::halvesOrRing;
            case ONE_PORT -> NetworkFaults::onePort;
            case PACKET_LOSS -> DcsFaultKinds::packetLoss;
            case SWIZZLE -> NetworkFaults::swizzle;
            case LOST_REPLIES -> DcsFaultKinds::lostReplies;
            case SLOW_CALLS -> DcsFaultKinds::slowCalls;
            case ETCD_OUTAGE -> DcsFaultKinds::outage;
            case ETCD_FULL -> DcsFaultKinds::full;
            case ETCD_UPKEEP -> DcsFaultKinds::upkeep;
            case LEASE_REVOKED -> DcsFaultKinds::leaseRevoked;
            case LEADER_KEY -> DcsFaultKinds::leaderKey;
            case TREE_WIPED -> DcsFaultKinds::treeWiped;
            case ETCD_RESTORED -> DcsFaultKinds::restored;
            case WALL_CLOCK -> ClockFaults::jump;
            case CLOCK_DRIFT -> ClockFaults::drift;
            case OPERATOR -> Operator::command;
            case PAUSE -> PauseFaults::pause;
            case PAUSED_WORK -> PauseFaults::work;
            case ORDERS -> OrderFaults::order;
            case BIRTH -> BirthFaults::birth;
            case REMOTE -> ClusterFaults::remote;
            case CLUSTER_ROLE -> ClusterFaults::promoted;
            case FAILOVER_RECALLED -> ClusterFaults::failoverRecalled;
            case LOCK_LOST_MIDWAY -> ClusterFaults::lockLostMidway;
            case SITE_RESTORED -> ClusterFaults::siteRestored;
            case PROMOTION_REFUSED -> PostgresFaults::promotionRefused;
            case DATA_UNREADABLE -> PostgresFaults::unreadable;
            case DATA_FOREIGN -> NodeFaults::foreignData;
            case HANDOVER_CUT -> HandoverFaults::cut;
            case MEMBERS_LOSSY -> LinkFaults::lossy;
            case MEMBERS_SLOW -> LinkFaults::slow;
            case WAL_LOST -> NodeFaults::walLost;
            case PAUSED_HANDOVER -> PausedHandover::strike;
            case WATCHDOG_MISSING -> PostgresFaults::watchdog;
        };
    }
}
