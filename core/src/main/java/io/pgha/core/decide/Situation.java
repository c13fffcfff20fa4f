package io.pgha.core.decide;

import io.pgha.core.action.Outcome;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.StandbySource;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a decision may depend on, at one moment. Facts that several rules need are computed here, once.
 *
 * @param dcs what was seen of the DCS
 * @param local what is known of the local PostgreSQL
 * @param job what the Job slot does
 * @param settings the effective configuration
 * @param lockValidUntil until when this node's lock is proven; empty when it is not
 * @param renewal what became of the renewal in this cycle
 * @param peers what the peers said in this cycle, when they were asked
 * @param followsUpstream whether a running standby's settings are those that {@link #upstream} needs
 * @param orders what the agent was told
 * @param memory what was remembered
 * @param now the monotonic clock
 * @param wall the wall clock, for what is scheduled
 */
public record Situation(
        DcsSight dcs,
        PostgresObservation local,
        JobStatus job,
        HaSettings settings,
        Optional<MonotonicTime> lockValidUntil,
        LockRenewal renewal,
        Optional<List<PeerAnswer>> peers,
        boolean followsUpstream,
        Orders orders,
        Memory memory,
        MonotonicTime now,
        Instant wall) {
    /** A standby that does not stream compares its history again after so long. */
    private static final Duration COMPARED_LATELY = Duration.ofSeconds(30);

    /** The situation at the start of a cycle: what was seen and what finished is remembered first. */
    public static Situation observed(
            DcsSight dcs,
            PostgresObservation local,
            JobStatus job,
            HaSettings settings,
            Optional<MonotonicTime> lockValidUntil,
            boolean followsUpstream,
            Orders orders,
            Memory memory,
            MonotonicTime now,
            Instant wall) {
        Memory seen = dcs instanceof DcsSight.Seen sight ? memory.seeing(sight.view(), now) : memory;
        return new Situation(
                dcs,
                local,
                job,
                settings,
                lockValidUntil,
                new LockRenewal.Untried(),
                Optional.empty(),
                followsUpstream,
                orders,
                Recollection.of(seen, local, job, settings, now),
                now,
                wall);
    }

    /** The situation after an action of this cycle. */
    public Situation after(Outcome outcome, Memory newMemory, MonotonicTime newNow) {
        if (outcome instanceof Outcome.LockHeld held) {
            // A cluster that was just initialised is complete with the lock.
            Memory led = newMemory.bootstrap() == BootstrapPhase.READY
                    ? newMemory.withBootstrap(BootstrapPhase.NONE)
                    : newMemory;
            return with(new DcsSight.Seen(ledByMe()), Optional.of(held.validUntil()), new LockRenewal.Renewed())
                    .and(peers, led, newNow);
        } else if (outcome instanceof Outcome.LockReleased) {
            return with(
                            new DcsSight.Seen(view().withoutLeader()),
                            Optional.empty(),
                            new LockRenewal.Refused("released"))
                    .and(peers, newMemory, newNow);
        } else if (outcome instanceof Outcome.InitializeWon) {
            // The view was read before the claim stood there.
            return with(new DcsSight.Seen(view().withInitializeClaimed()), lockValidUntil, renewal)
                    .and(peers, newMemory.withBootstrap(BootstrapPhase.CREATING), newNow);
        } else if (outcome instanceof Outcome.InitializeUncertain) {
            return and(peers, newMemory.toBuilder().claimUnsure(true).build(), newNow);
        } else if (outcome instanceof Outcome.LockRefused refused) {
            return with(dcs, lockValidUntil, new LockRenewal.Refused(refused.reason()))
                    .and(peers, newMemory, newNow);
        } else if (outcome instanceof Outcome.LockUncertain uncertain) {
            return with(dcs, lockValidUntil, new LockRenewal.Uncertain(uncertain.reason()))
                    .and(peers, newMemory, newNow);
        } else if (outcome instanceof Outcome.FailsafeAgreed agreed) {
            return with(dcs, Optional.of(agreed.validUntil()), new LockRenewal.Agreed())
                    .and(peers, newMemory, newNow);
        } else if (outcome instanceof Outcome.FailsafeRefused refused) {
            return with(dcs, lockValidUntil, new LockRenewal.Disagreed(refused.reason()))
                    .and(peers, newMemory, newNow);
        } else if (outcome instanceof Outcome.PeersAnswered answered) {
            return and(Optional.of(answered.answers()), newMemory, newNow);
        } else if (outcome instanceof Outcome.OrderSettled settled) {
            return with(orders.without(settled.kind())).and(peers, newMemory, newNow);
        }
        return and(peers, newMemory, newNow);
    }

    private Situation with(Orders newOrders) {
        return new Situation(
                dcs,
                local,
                job,
                settings,
                lockValidUntil,
                renewal,
                peers,
                followsUpstream,
                newOrders,
                memory,
                now,
                wall);
    }

    private Situation with(DcsSight newDcs, Optional<MonotonicTime> newValidUntil, LockRenewal newRenewal) {
        return new Situation(
                newDcs,
                local,
                job,
                settings,
                newValidUntil,
                newRenewal,
                peers,
                followsUpstream,
                orders,
                memory,
                now,
                wall);
    }

    private Situation and(Optional<List<PeerAnswer>> newPeers, Memory newMemory, MonotonicTime newNow) {
        return new Situation(
                dcs,
                local,
                job,
                settings,
                lockValidUntil,
                renewal,
                newPeers,
                followsUpstream,
                orders,
                newMemory,
                newNow,
                wall);
    }

    private ClusterView ledByMe() {
        return view().isLedBy(me()) ? view() : view().withLeader(LeaderLock.assumed(me()));
    }

    public String me() {
        return settings.name();
    }

    public boolean dcsSeen() {
        return dcs instanceof DcsSight.Seen;
    }

    /** Why nothing could be read, and how long the lock is still proven; for a reason. */
    public String dcsTrouble() {
        String silence = dcs instanceof DcsSight.Unseen unseen ? unseen.reason() : "it answered";
        String why = renewal instanceof LockRenewal.Disagreed disagreed
                ? silence + "; failsafe_mode does not help: " + disagreed.reason()
                : silence;
        return lockValidUntil
                .map(until -> why + "; the lock is proven for "
                        + Math.max(0, until.since(now).toMillis()) + " ms more")
                .orElse(why);
    }

    /** What stands in the DCS; an empty cluster when nothing could be read: ask {@link #dcsSeen} first. */
    public ClusterView view() {
        return dcs instanceof DcsSight.Seen seen ? seen.view() : ClusterView.EMPTY;
    }

    /**
     * Whether the cluster is in maintenance mode, as far as this node knows (facts §5.17). One that this node is just
     * initialising is not: its configuration is not written yet.
     */
    public boolean paused() {
        return memory.paused() && memory.bootstrap() == BootstrapPhase.NONE;
    }

    public boolean unlocked() {
        return view().isUnlocked();
    }

    /** Whether the leader key carries my name. That alone does not prove that I may write. */
    public boolean lockKeyIsMine() {
        return view().isLedBy(me());
    }

    /** Whether the leader key carries my name, or could not be read while the lock is proven. */
    public boolean lockKeyIsMineOrUnseen() {
        return dcsSeen() ? lockKeyIsMine() : lockValidUntil.isPresent();
    }

    public boolean lockedByAnother() {
        return !unlocked() && !lockKeyIsMine();
    }

    /** Whether PostgreSQL takes writes, or may, though another member leads: nothing may delay its stop. */
    public boolean usurps() {
        return local.mayTakeWrites() && lockedByAnother();
    }

    public boolean lockRenewed() {
        return renewal instanceof LockRenewal.Renewed;
    }

    public boolean renewalUntried() {
        return renewal instanceof LockRenewal.Untried;
    }

    /** Why the lock could not be renewed, when the DCS did not say: silence is not a refusal. */
    public Optional<String> renewalUnanswered() {
        if (renewal instanceof LockRenewal.Uncertain uncertain) {
            return Optional.of(uncertain.reason());
        }
        return renewal instanceof LockRenewal.Disagreed disagreed
                ? Optional.of("not all members agree to go on without it: " + disagreed.reason())
                : Optional.empty();
    }

    /** Whether there is still time to hope for the DCS, before this node has to stop writing. */
    public boolean lockProvenForLong() {
        return lockValidUntil
                .filter(until -> now.isBefore(settings.leaseTimes().demoteAt(until)))
                .isPresent();
    }

    /** Whether PostgreSQL takes writes, may take them, or is being promoted. */
    public boolean mayTakeWrites() {
        return local.mayTakeWrites() || job.isRunning(JobKind.PROMOTE);
    }

    public boolean isStarting() {
        return local.postmasterRuns() && local.state() == PostgresState.STARTING;
    }

    public boolean hasData() {
        return local.dataDirectory() == DataDirectory.PRESENT;
    }

    /** Why a copy is made here, one clause; for a reason. */
    public String whyACopy() {
        return local.dataDirectory() == DataDirectory.HALF_REWOUND
                ? "pg_rewind was broken off here, so that only a copy helps"
                : "there is no data here";
    }

    /** Whether a Job that failed may be tried again. */
    public boolean mayRetry() {
        return memory.notBefore().filter(now::isBefore).isEmpty();
    }

    /** Whether this node does not race for now, because its promotion failed a short time ago. */
    public boolean holdsBack() {
        return memory.noRaceUntil().filter(now::isBefore).isPresent();
    }

    /** Whether nobody has been leading for a ttl, as far as this node has seen. */
    public boolean leaderlessForTtl() {
        return memory.leaderlessSince()
                .filter(since -> now.since(since).compareTo(settings.ttl()) >= 0)
                .isPresent();
    }

    /** Whether a Job runs that may make PostgreSQL take writes. */
    public boolean mayBecomePrimary() {
        return job.isRunning(JobKind.PROMOTE)
                || job.isRunning(JobKind.START_PRIMARY)
                || (job.isRunning(JobKind.RESTART) && memory.wasPrimary());
    }

    /** Whether PostgreSQL was primary, is down without having stopped in order, and has not replayed its WAL since. */
    public boolean needsCrashRecovery() {
        return !local.postmasterRuns()
                && !local.standbySignal()
                && !local.backupLabel()
                && !memory.crashRecovered()
                && local.control()
                        .filter(control -> control.state().needsCrashRecovery())
                        .isPresent();
    }

    /** What is to be remembered when the local history is compared now. */
    public Memory comparedNow() {
        return memory.toBuilder().notCompared().compared(comparison(), now).build();
    }

    /** Whether the local history was compared with what it has to be compared with a short time ago. */
    public boolean comparedLately() {
        return memory.comparedWith().equals(comparison())
                && memory.comparedAt()
                        .filter(at -> now.since(at).compareTo(COMPARED_LATELY) < 0)
                        .isPresent();
    }

    /** Whether this cluster follows another one. */
    public boolean inStandbyCluster() {
        return settings.standbyCluster().isPresent();
    }

    /** The server that a standby cluster follows; empty in any other, and when it lives from the archive. */
    public Optional<Upstream> remote() {
        return settings.standbyCluster().flatMap(StandbySource::remote);
    }

    /** Whether this is a standby that streams. */
    public boolean streams() {
        return local.server().filter(ServerStatus::isStreaming).isPresent();
    }

    /** The leader that others follow; empty when there is none or when it is me. */
    public Optional<Member> leader() {
        return view().leaderMember().filter(leader -> !leader.name().equals(me()));
    }

    /** Whom this node should replicate from now (facts §5.7 "node_to_follow"). */
    public Optional<Upstream> upstream() {
        return FollowTarget.of(view(), settings);
    }

    /** My WAL position, when the server told it. */
    public Optional<Lsn> walPosition() {
        return local.server().map(ServerStatus::walPosition);
    }

    /** My timeline, unknown when the server did not tell it. */
    public Timeline timeline() {
        return local.server().map(ServerStatus::timeline).orElse(Timeline.UNKNOWN);
    }

    /**
     * What the local history has to be compared with: changes when the leader or its timeline does; in a standby cluster
     * the server that it follows.
     */
    public String comparison() {
        String remote = Recollection.remoteComparison(settings);
        return remote.isEmpty()
                ? leader().map(leader -> leader.name() + "@" + leader.timeline())
                        .orElse("")
                : remote;
    }
}
