package io.pgha.agent.loop;

import io.pgha.core.decide.DcsSight;
import io.pgha.core.decide.Memory;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import java.util.function.Function;

/**
 * Shows a member that sees the DCS again before its primary does who leads in truth: the one that it has promised not to
 * lead (facts §5.2 step 1).
 */
final class FailsafeLeader {
    private FailsafeLeader() {}

    /** What was seen, with the primary in failsafe mode as leader where nobody holds the lock. */
    static Function<FailsafePing, DcsSight> in(DcsSight sight, Memory memory) {
        return ping -> {
            if (!(sight instanceof DcsSight.Seen seen) || !seen.view().isUnlocked()) {
                return sight;
            }
            ClusterView led =
                    seen.view().withLeader(LeaderLock.assumed(ping.name())).withSlots(ping.slots());
            return new DcsSight.Seen(led.member(ping.name()).isPresent() ? led : led.withMember(member(ping, memory)));
        };
    }

    private static Member member(FailsafePing ping, Memory memory) {
        return memory.lastLedView().flatMap(view -> view.member(ping.name())).orElseGet(() -> {
            MemberBuilder member =
                    new MemberBuilder(ping.name()).state(PostgresState.RUNNING).role(Role.PRIMARY);
            ping.connUrl().ifPresent(member::connUrl);
            ping.apiUrl().ifPresent(member::apiUrl);
            return member.build();
        });
    }
}
