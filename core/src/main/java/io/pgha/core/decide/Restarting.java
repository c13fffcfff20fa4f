package io.pgha.core.decide;

import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.ScheduledRestart;
import io.pgha.core.model.ServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What an ordered restart means in a situation (facts §5.13). */
public final class Restarting {
    private Restarting() {}

    /** The scheduled restart whose time has come. In pause nothing that is scheduled is done (facts §5.17). */
    public static Optional<ScheduledRestart> due(Situation situation) {
        return situation
                .orders()
                .operator()
                .scheduledRestart()
                .filter(restart -> !situation.wall().isBefore(restart.at().toInstant()))
                .filter(restart -> !situation.paused());
    }

    /** Why a scheduled restart can never be carried out; empty when it can, now or later. */
    public static Optional<String> flaw(Situation situation, ScheduledRestart restart) {
        Optional<String> startedAt = situation.local().server().map(ServerStatus::postmasterStartTime);
        boolean another = restart.postmasterStartTime().isPresent()
                && startedAt.isPresent()
                && !startedAt.equals(restart.postmasterStartTime());
        if (another) {
            return Optional.of("PostgreSQL was started anew since it was scheduled");
        }
        Instant at = restart.at().toInstant();
        Duration late = Duration.between(at, situation.wall());
        return late.compareTo(situation.settings().loopWait().multipliedBy(3).dividedBy(2)) > 0
                ? Optional.of("its time passed " + late.toSeconds() + " s ago")
                : Optional.empty();
    }

    /** The first condition of the order that does not hold here and now. */
    public static Optional<String> unmet(Situation situation, RestartOrder order) {
        return order.unmet(
                role(situation),
                situation
                        .local()
                        .server()
                        .map(server -> OptionalInt.of(server.serverVersion()))
                        .orElseGet(OptionalInt::empty),
                !situation.local().pendingRestartReasons().isEmpty());
    }

    private static Role role(Situation situation) {
        if (situation.local().mayTakeWrites()) {
            return Role.PRIMARY;
        }
        return situation.lockKeyIsMineOrUnseen() ? Role.STANDBY_LEADER : Role.REPLICA;
    }
}
