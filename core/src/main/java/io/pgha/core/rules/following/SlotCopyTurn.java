package io.pgha.core.rules.following;

import io.pgha.core.decide.Memory;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Member;
import io.pgha.core.model.PostgresState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a standby does not restart for its slots yet.
 *
 * @param memory what to remember of it
 * @param reason for people
 */
record SlotCopyTurn(Memory memory, String reason) {
    /** What a member shows while it restarts. It shows none of these for ever. */
    private static final Set<Optional<String>> AWAY = Set.of(
            Optional.of(PostgresState.STOPPING.word()),
            Optional.of(PostgresState.RESTARTING.word()),
            Optional.of(PostgresState.STARTING.word()));

    /** How long it counts that the others had their turn: then whatever is missing is missing for another reason. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** Empty when it is this standby's turn. */
    static Optional<SlotCopyTurn> before(Situation situation) {
        List<Member> others = situation.view().members().values().stream()
                .filter(member -> !member.name().equals(situation.me())
                        && !situation.view().isLedBy(member.name())
                        && !member.tags().nofailover())
                .toList();
        Optional<Member> away =
                others.stream().filter(member -> AWAY.contains(member.state())).findFirst();
        if (away.isPresent()) {
            return Optional.of(new SlotCopyTurn(
                    situation.memory(), "waiting until " + away.get().name() + " has restarted"));
        }
        List<String> first = others.stream()
                .filter(member -> streams(member) && member.name().compareTo(situation.me()) < 0)
                .map(Member::name)
                .toList();
        return first.isEmpty() || theyHadTheirTurn(situation)
                ? Optional.empty()
                : Optional.of(new SlotCopyTurn(
                        situation.memory().toBuilder()
                                .noSlotCopyUntil(
                                        situation.now().plus(turn(situation).multipliedBy(first.size())))
                                .build(),
                        "those that need a restart for that, too, go first: " + String.join(", ", first)));
    }

    /** A member notices what it lacks, and shows that it restarts, within a cycle each. */
    private static Duration turn(Situation situation) {
        return situation.settings().loopWait().multipliedBy(2);
    }

    private static boolean theyHadTheirTurn(Situation situation) {
        Duration remembered = REMEMBERED.plus(turn(situation));
        return situation
                .memory()
                .noSlotCopyUntil()
                .map(until -> until.plus(remembered))
                .filter(situation.now()::isBefore)
                .isPresent();
    }

    private static boolean streams(Member member) {
        return member.replicationState().filter("streaming"::equals).isPresent();
    }
}
