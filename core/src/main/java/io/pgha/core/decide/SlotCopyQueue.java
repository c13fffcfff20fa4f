package io.pgha.core.decide;

import io.pgha.core.model.JobKind;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.slots.SlotPlanner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The queue of the standbys that restart to copy logical slots, so that not all who read from standbys are cut off at once
 * (ours; Patroni's restart together).
 *
 * <p>Each that lacks slots names in its member key the one whose turn it is: of all that lack slots, itself included, the
 * first by name. It restarts when its own key, and every such key, names it. So two never do at once: whichever of both saw
 * the keys later saw that the other named itself, as a standby goes on to name itself until it has restarted.
 *
 * <p>Nobody waits for ever for one that hangs: see {@link #LONGEST}.
 */
public final class SlotCopyQueue {
    /** The field of our own part of a member key: whose turn it is. There only while the member lacks slots. */
    public static final String FIELD = "slot_copy_turn";

    /** What a member shows while it restarts. */
    private static final Set<Optional<String>> AWAY = Set.of(
            Optional.of(PostgresState.STOPPING.word()),
            Optional.of(PostgresState.RESTARTING.word()),
            Optional.of(PostgresState.STARTING.word()));

    /**
     * The first of the queue waits no longer than this for a member that is away, and each behind it so much longer than
     * the one before: so those who lost their patience with the same member do not restart at once either.
     */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private SlotCopyQueue() {}

    /** The logical slots that this standby would restart for in this situation, sorted. */
    public static List<String> missing(Situation situation) {
        Optional<ServerStatus> streaming = situation.local().server().filter(ServerStatus::isStreaming);
        if (streaming.isEmpty() || situation.settings().permanentSlots().isEmpty() || !isCalm(situation)) {
            return List.of();
        }
        return new SlotPlanner(situation.view(), situation.settings(), streaming.get(), Set.of()).toCopy();
    }

    private static boolean isCalm(Situation situation) {
        boolean failedLately = situation
                .memory()
                .noSlotCopyUntil()
                .filter(situation.now()::isBefore)
                .isPresent();
        // Somebody who asked for a switchover does not want the candidate to be away now.
        return situation.lockedByAnother()
                && situation.local().runsAsStandby()
                && situation.mayRetry()
                && !situation.paused()
                && !failedLately
                && situation.view().leader().filter(LeaderLock::isAssumed).isEmpty()
                && Handover.due(situation).isEmpty();
    }

    /** Whose turn it is, for the member key; empty for a node that lacks no slots, or cannot copy any now. */
    public static Optional<String> first(Situation situation) {
        if (situation.job().isRunning(JobKind.COPY_SLOTS)) {
            return Optional.of(situation.me());
        }
        return missing(situation).isEmpty() ? Optional.empty() : Optional.of(firstOf(situation, claims(situation)));
    }

    private static String firstOf(Situation situation, Map<String, String> claims) {
        return claims.keySet().stream()
                .filter(name -> name.compareTo(situation.me()) < 0)
                .findFirst()
                .orElse(situation.me());
    }

    /** By the name of each standby that lacks slots: whom its key names. */
    private static Map<String, String> claims(Situation situation) {
        Map<String, String> claims = new TreeMap<>();
        situation.view().members().values().stream()
                .filter(member -> !situation.view().isLedBy(member.name()))
                .forEach(member -> member.ours(FIELD)
                        .filter(String.class::isInstance)
                        .ifPresent(first -> claims.put(member.name(), (String) first)));
        return claims;
    }

    /**
     * Why a standby does not restart for its slots yet.
     *
     * @param memory what to remember of it
     * @param reason for people
     */
    public record Turn(Memory memory, String reason) {}

    /** What this standby waits for before it restarts; empty when it is its turn. */
    public static Optional<Turn> before(Situation situation) {
        Map<String, String> claims = claims(situation);
        String first = firstOf(situation, claims);
        Optional<SlotCopyWait> before = situation.memory().slotCopyWait().filter(wait -> wait.isOf(situation));
        SlotCopyWait wait = before.map(earlier -> earlier.looked(first, situation.now()))
                .orElseGet(() -> SlotCopyWait.begun(first, situation.now()));
        long ahead = claims.keySet().stream()
                .filter(name -> name.compareTo(situation.me()) < 0)
                .count();
        boolean patient = situation.now().since(wait.since()).compareTo(LONGEST.multipliedBy(1 + ahead)) < 0;
        return whyNot(situation, claims, before)
                .filter(reason -> patient)
                .map(reason -> new Turn(
                        situation.memory().toBuilder()
                                .slotCopyWait(Optional.of(wait))
                                .build(),
                        reason));
    }

    private static Optional<String> whyNot(
            Situation situation, Map<String, String> claims, Optional<SlotCopyWait> before) {
        String first = firstOf(situation, claims);
        if (!first.equals(situation.me())) {
            return Optional.of(first + " restarts for that first");
        }
        boolean shown = Optional.of(first).equals(Optional.ofNullable(claims.get(situation.me())))
                && before.filter(wait -> wait.first().equals(first)).isPresent();
        if (!shown) {
            return Optional.of("the others are told first");
        }
        return claims.entrySet().stream()
                .filter(claim -> !claim.getValue().equals(first))
                .map(claim -> "waiting until " + claim.getKey() + " knows that")
                .findFirst()
                .or(() -> away(situation).map(member -> "waiting until " + member.name() + " has restarted"));
    }

    private static Optional<Member> away(Situation situation) {
        return situation.view().members().values().stream()
                .filter(member -> !member.name().equals(situation.me())
                        && !situation.view().isLedBy(member.name())
                        && !member.tags().nofailover()
                        && AWAY.contains(member.state()))
                .findFirst();
    }
}
