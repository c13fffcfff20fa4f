package io.pgha.sim.fault;

/** The families of faults, with the numbers of reliability.md, section 3. */
public enum FaultFamily {
    /** 11: {@code kill -9} of the agent. */
    AGENT_CRASH,
    /** 13: the agent is frozen for less than ttl/2. */
    AGENT_FREEZE_SHORT,
    /** 14: the agent is frozen for longer than ttl. */
    AGENT_FREEZE_LONG,
    /** 1: {@code kill -9} of the postmaster. */
    POSTGRES_CRASH,
    /** 4, 8: PostgreSQL does not answer. */
    POSTGRES_HANG,
    /** 22: the machine is gone and comes back. */
    NODE_LOSS,
    /** 18, 19: the dead-man is killed or frozen. */
    DEAD_MAN,
    /** 25: a node is cut from etcd. */
    ETCD_PARTITION,
    /** 27, 28: requests to etcd or its replies vanish. */
    ETCD_ONE_WAY,
    /** 24: a node is cut from everything. */
    ISOLATION,
    /** 26, 29: nodes are cut from one another, in one direction or both. */
    PEERS_PARTITION,
    /** 51: replies of etcd are lost after the request was carried out. */
    LOST_REPLIES,
    /** 41: etcd is slow. */
    SLOW_CALLS,
    /** 39, 40, 43, 50: etcd is gone for all. */
    ETCD_OUTAGE,
    /** 42, 44: etcd elects a leader, or compacts. */
    ETCD_UPKEEP,
    /** 45: the lease of the leader is revoked. */
    LEASE_REVOKED,
    /** 53: the wall clock jumps. */
    WALL_CLOCK,
    /** 6, 7, 59, 64, 65: PostgreSQL is slow, and its tools fail. */
    POSTGRES_TROUBLE,
    /** 71: an operator pauses the cluster, and resumes it some time later. */
    PAUSE
}
