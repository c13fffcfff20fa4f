package io.pgha.ctl;

import io.pgha.core.view.MemberView;
import java.util.Locale;

/** Which members a command is about (facts §4.1); the words are those of the option {@code --role}. */
enum RoleChoice {
    LEADER,
    PRIMARY,
    STANDBY_LEADER,
    REPLICA,
    STANDBY,
    ANY;

    boolean includes(MemberView member) {
        return switch (this) {
            case LEADER -> member.isLeader();
            case PRIMARY -> member.role().equals(MemberView.LEADER);
            case STANDBY_LEADER -> member.role().equals(MemberView.STANDBY_LEADER);
            case REPLICA, STANDBY -> !member.isLeader();
            case ANY -> true;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
