package io.pgha.core.view;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import java.util.Optional;

/**
 * One member as tools show it.
 *
 * @param member what it says of itself
 * @param role {@code leader}, {@code standby_leader}, {@code sync_standby}, {@code quorum_standby} or {@code replica}
 * @param state what it does; empty text when it does not say
 * @param address where PostgreSQL listens, when it says so
 * @param optime the cluster's last known position, against which lags are counted
 */
public record MemberView(Member member, String role, String state, Optional<HostPort> address, Lsn optime) {
    /** The role of the holder of the lock, unless the cluster follows another one. */
    public static final String LEADER = "leader";

    /** The role of the holder of the lock in a standby cluster. */
    public static final String STANDBY_LEADER = "standby_leader";

    public String name() {
        return member.name();
    }

    /** Whether it holds the lock. */
    public boolean isLeader() {
        return role.equals(LEADER) || role.equals(STANDBY_LEADER);
    }

    /** Bytes by which a position is behind the cluster; never negative. */
    public long lagOf(Lsn position) {
        return optime.bytesAheadOf(position);
    }
}
