package io.pgha.sim.fault;

/** The families of faults, with the numbers of reliability.md, section 3. */
public enum FaultFamily {
    /** 11: {@code kill -9} of the agent. */
    AGENT_CRASH,
    /** 12: SIGTERM to the agent. */
    AGENT_STOP,
    /** 13: the agent is frozen for less than ttl/2. */
    AGENT_FREEZE_SHORT,
    /** 14: the agent is frozen for longer than ttl. */
    AGENT_FREEZE_LONG,
    /** 72: SIGUSR1 to one agent after the other; a new one takes over. */
    AGENT_UPGRADE,
    /** 23: agent and dead-man of a node are late with everything they do. */
    CPU_STARVED,
    /** 63 to 68: the agent is killed in the middle of a Job, or between lock and promotion. */
    KILLED_MIDWAY,
    /** 18, 19: the dead-man is killed or frozen. */
    DEAD_MAN,
    /** 1: {@code kill -9} of the postmaster. */
    POSTGRES_CRASH,
    /** 3: somebody else stops PostgreSQL in order. */
    POSTGRES_STOPPED,
    /** 4, 8: PostgreSQL does not answer. */
    POSTGRES_HANG,
    /** 59, 64, 65: PostgreSQL is slow, and its tools fail. */
    POSTGRES_TROUBLE,
    /** 6: PostgreSQL is killed and cannot be started for a while. */
    POSTGRES_CANNOT_START,
    /** 7: PostgreSQL is killed and recovers for minutes. */
    LONG_RECOVERY,
    /** 10: a standby receives WAL and does not replay it. */
    REPLAY_PAUSED,
    /** 57: no space is left for WAL. */
    DISK_FULL,
    /** A data directory is lost while there are copies. */
    DATA_LOST,
    /** 22: the machine is gone and comes back. */
    NODE_LOSS,
    /** 21: the whole machine stands still, and goes on. */
    NODE_FREEZE,
    /** 70: two machines at once, or one again and again. */
    NODES_TOGETHER,
    /** 24: a node is cut from everything. */
    ISOLATION,
    /** 25: a node is cut from etcd. */
    ETCD_PARTITION,
    /** 27, 28: requests to etcd or its replies vanish. */
    ETCD_ONE_WAY,
    /** 26: nodes are cut from one another, in one direction or both. */
    PEERS_PARTITION,
    /** 29, 30: halves, one of them without etcd; a ring in which each sees two neighbours. */
    HALVES_OR_RING,
    /** 31, 32: PostgreSQL's port or the agents' alone. */
    ONE_PORT,
    /** 33: 10 to 50 % of the packets to and from etcd are lost. */
    PACKET_LOSS,
    /** 38: links are cut one by one and mended in another order. */
    SWIZZLE,
    /** 35, 51: replies of etcd are lost after the request was carried out. */
    LOST_REPLIES,
    /** 34, 41: etcd is slow. */
    SLOW_CALLS,
    /** 39, 40, 43, 50: etcd is gone for all. */
    ETCD_OUTAGE,
    /** 49: etcd has no space left. */
    ETCD_FULL,
    /** 42, 44: etcd elects a leader, or compacts. */
    ETCD_UPKEEP,
    /** 45: the lease of the leader is revoked. */
    LEASE_REVOKED,
    /** 46: the leader key is deleted, or overwritten by somebody. */
    LEADER_KEY,
    /** 47: all keys of the cluster are deleted. */
    TREE_WIPED,
    /** 48: etcd goes back to a snapshot that was taken some time before. */
    ETCD_RESTORED,
    /** 53: the wall clock jumps. */
    WALL_CLOCK,
    /** 54, 55: the wall clock drifts by 5 %, the monotonic one by a tenth of a per cent. */
    CLOCK_DRIFT,
    /** 71: an operator asks for switchovers, failovers and other settings. */
    OPERATOR,
    /** 71: an operator pauses the cluster, and resumes it some time later. */
    PAUSE,
    /** 71: a pause for work: handovers, orders, crashes and lost keys in it. */
    PAUSED_WORK,
    /** 68, 71: an operator restarts members and has their data copied anew. */
    ORDERS,
    /** 63: initdb fails, or the claim to initialise is lost; strikes first, before there is a cluster. */
    BIRTH,
    /** The cluster that a standby cluster follows is down, or fails over. */
    REMOTE,
    /** 71: an operator promotes a standby cluster, and demotes it again. */
    CLUSTER_ROLE,
    /** 71: a failover to a member that commits do not wait for is taken back when it has the lock. */
    FAILOVER_RECALLED,
    /** 46: the leader key is deleted or overwritten in the midst of a promotion, a restart or a start. */
    LOCK_LOST_MIDWAY,
    /** 22, 47: a machine and all keys are lost, and the agents begin anew. */
    SITE_RESTORED,
    /** The leader is lost and pre_promote refuses on others. */
    PROMOTION_REFUSED,
    /** 60, 62: a data directory cannot be read for a while. */
    DATA_UNREADABLE,
    /** Somebody put the data of another cluster in the place of a member's. */
    DATA_FOREIGN,
    /** 31, 71: a switchover in which the replication connections break as the old primary stops. */
    HANDOVER_CUT,
    /** A watchdog device is required and cannot be used for a while. */
    WATCHDOG_MISSING,
    /** 66, 71: in pause, the agent of who was chosen to lead dies between lock and promotion, and the request is changed. */
    PAUSED_HANDOVER,
    /** 33: 10 to 50 % of the packets between members are lost, of REST, of PostgreSQL, or of both. */
    MEMBERS_LOSSY,
    /** 34: packets between members are late by up to two seconds, of REST, of PostgreSQL, or of both. */
    MEMBERS_SLOW,
    /** 61: a machine is lost, and its disk loses the end of the WAL that PostgreSQL had flushed. */
    WAL_LOST;

    /**
     * Whether Patroni's members stand it (facts §5): they notice what happened to the lock, or to a member that stands
     * still, in their next cycle. What the model of Patroni does not know is left out, too.
     */
    boolean suitsPatroni() {
        return switch (this) {
            case SLOW_CALLS,
                    TREE_WIPED,
                    ETCD_RESTORED,
                    SITE_RESTORED,
                    BIRTH,
                    REMOTE,
                    CLUSTER_ROLE,
                    FAILOVER_RECALLED,
                    PAUSED_WORK,
                    PAUSED_HANDOVER,
                    WATCHDOG_MISSING,
                    LEADER_KEY,
                    LEASE_REVOKED,
                    LOCK_LOST_MIDWAY,
                    WAL_LOST -> false;
            default -> true;
        };
    }

    /** Those that were there first are drawn first: a seed stands for the same world as long as none of the others is in it. */
    boolean isDrawnLater() {
        return switch (this) {
            case ETCD_RESTORED, PAUSED_HANDOVER, MEMBERS_LOSSY, MEMBERS_SLOW, WAL_LOST -> true;
            default -> false;
        };
    }

    /** Whether it strikes only where nothing else is broken: both at once is more than pgha promises to stand. */
    boolean isAlone() {
        return switch (this) {
            case LEASE_REVOKED,
                    LEADER_KEY,
                    TREE_WIPED,
                    ETCD_RESTORED,
                    WAL_LOST,
                    DATA_LOST,
                    DATA_FOREIGN,
                    LOCK_LOST_MIDWAY,
                    SITE_RESTORED,
                    BIRTH -> true;
            default -> false;
        };
    }
}
