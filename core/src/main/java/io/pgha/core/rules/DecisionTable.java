package io.pgha.core.rules;

import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.rules.bootstrap.BootstrapBegins;
import io.pgha.core.rules.bootstrap.BootstrapClaimLost;
import io.pgha.core.rules.bootstrap.BootstrapFailed;
import io.pgha.core.rules.bootstrap.BootstrapPublished;
import io.pgha.core.rules.bootstrap.BootstrapStarted;
import io.pgha.core.rules.busy.Busy;
import io.pgha.core.rules.busy.InheritedLockIsGivenUp;
import io.pgha.core.rules.busy.LockKeptWhileBusy;
import io.pgha.core.rules.busy.LockLostWhileBusy;
import io.pgha.core.rules.busy.PrimaryStartTakesTooLong;
import io.pgha.core.rules.busy.PromotingWithoutLock;
import io.pgha.core.rules.data.CopyFromLeader;
import io.pgha.core.rules.data.CopyWithoutLeader;
import io.pgha.core.rules.data.DataDirectoryUnusable;
import io.pgha.core.rules.data.ForeignSystemIdentifier;
import io.pgha.core.rules.data.InitializeKeyMissing;
import io.pgha.core.rules.data.InitializeNewCluster;
import io.pgha.core.rules.data.LeaderWithoutData;
import io.pgha.core.rules.data.NoDataYet;
import io.pgha.core.rules.data.StandbyOfUnknownCluster;
import io.pgha.core.rules.following.CompareWhenNotStreaming;
import io.pgha.core.rules.following.FollowNewUpstream;
import io.pgha.core.rules.following.Following;
import io.pgha.core.rules.following.LogicalSlotsMissing;
import io.pgha.core.rules.following.PrimaryUnderAnothersLock;
import io.pgha.core.rules.following.StandbyStarting;
import io.pgha.core.rules.leaderless.AskBeforeRacing;
import io.pgha.core.rules.leaderless.HealthiestTakesTheLock;
import io.pgha.core.rules.leaderless.LostTheRaceAsPrimary;
import io.pgha.core.rules.leaderless.NotACandidate;
import io.pgha.core.rules.leaderless.PrimaryWithoutAnyLock;
import io.pgha.core.rules.leaderless.RaceLost;
import io.pgha.core.rules.leading.LeaderCannotProveItsLock;
import io.pgha.core.rules.leading.LeaderIsPromoted;
import io.pgha.core.rules.leading.LeaderLacksCommits;
import io.pgha.core.rules.leading.LeaderLostItsLock;
import io.pgha.core.rules.leading.LeaderMayLackWal;
import io.pgha.core.rules.leading.LeaderNeedsItsWatchdog;
import io.pgha.core.rules.leading.LeaderRenewsItsLock;
import io.pgha.core.rules.leading.LeadingAsPrimary;
import io.pgha.core.rules.leading.PromotionWasRefused;
import io.pgha.core.rules.leading.StandbysAreSynchronized;
import io.pgha.core.rules.operator.ReinitializeCancelsTheJob;
import io.pgha.core.rules.operator.ReinitializeIsCancelled;
import io.pgha.core.rules.operator.ReinitializeOrdered;
import io.pgha.core.rules.operator.ReinitializeRefused;
import io.pgha.core.rules.operator.RestartConditionsNotMet;
import io.pgha.core.rules.operator.RestartOrdered;
import io.pgha.core.rules.operator.ScheduledRestartIsVoid;
import io.pgha.core.rules.outage.NothingWithoutTheDcs;
import io.pgha.core.rules.outage.PrimaryAsksToGoOn;
import io.pgha.core.rules.outage.PrimaryCannotProveItsLock;
import io.pgha.core.rules.outage.PrimaryGoesOnByAgreement;
import io.pgha.core.rules.outage.PrimaryHoldsOn;
import io.pgha.core.rules.outage.StandbyWithoutTheDcs;
import io.pgha.core.rules.paused.AlsoInPause;
import io.pgha.core.rules.paused.CandidateIsPromotedInPause;
import io.pgha.core.rules.paused.CandidateTakesLockInPause;
import io.pgha.core.rules.paused.DataLeftAloneInPause;
import io.pgha.core.rules.paused.EndInPause;
import io.pgha.core.rules.paused.ExtraPrimaryInPause;
import io.pgha.core.rules.paused.HandoverRefusedInPause;
import io.pgha.core.rules.paused.LeaderlessInPause;
import io.pgha.core.rules.paused.LeadingInPause;
import io.pgha.core.rules.paused.LeftDownInPause;
import io.pgha.core.rules.paused.LockKeptInPause;
import io.pgha.core.rules.paused.OutageInPause;
import io.pgha.core.rules.paused.PrimaryTakesLockInPause;
import io.pgha.core.rules.paused.RenewalFailedInPause;
import io.pgha.core.rules.paused.StoppedIsStartedByOrder;
import io.pgha.core.rules.paused.UnfitLeaderInPause;
import io.pgha.core.rules.recover.CompareBeforeStart;
import io.pgha.core.rules.recover.CrashRecoveryFirst;
import io.pgha.core.rules.recover.CrashedPrimaryStartsAgain;
import io.pgha.core.rules.recover.DownForNow;
import io.pgha.core.rules.recover.LeaderStartsAsStandby;
import io.pgha.core.rules.recover.LockKeptWhileDown;
import io.pgha.core.rules.recover.PrimaryDidNotStart;
import io.pgha.core.rules.recover.ReplaceDiverged;
import io.pgha.core.rules.recover.RewindDiverged;
import io.pgha.core.rules.recover.StartFollowing;
import io.pgha.core.rules.shutdown.HandOverAfterShutdownCheckpoint;
import io.pgha.core.rules.shutdown.ShutDownFinished;
import io.pgha.core.rules.shutdown.ShutDownOrdered;
import io.pgha.core.rules.standbycluster.ComparedWithRemoteBeforeStart;
import io.pgha.core.rules.standbycluster.ComparedWithRemoteWhenNotStreaming;
import io.pgha.core.rules.standbycluster.CopyFromRemote;
import io.pgha.core.rules.standbycluster.FormerPrimaryRecoversFirst;
import io.pgha.core.rules.standbycluster.LockKeptWhileDemoting;
import io.pgha.core.rules.standbycluster.NotRewoundIsReplaced;
import io.pgha.core.rules.standbycluster.PrimaryIsDemoted;
import io.pgha.core.rules.standbycluster.RewoundToRemote;
import io.pgha.core.rules.standbycluster.RunningStandbyIsAdopted;
import io.pgha.core.rules.standbycluster.StandbyClusterBegins;
import io.pgha.core.rules.standbycluster.StandbyClusterStarted;
import io.pgha.core.rules.standbycluster.StandbyLeaderCannotStart;
import io.pgha.core.rules.standbycluster.StandbyLeaderFollowsRemote;
import io.pgha.core.rules.standbycluster.StandbyLeaderHandsOver;
import io.pgha.core.rules.standbycluster.StandbyLeaderLeads;
import io.pgha.core.rules.standbycluster.StandbyLeaderStarts;
import io.pgha.core.rules.switchover.ChosenCandidateGoesFirst;
import io.pgha.core.rules.switchover.ChosenCandidateTakesTheLock;
import io.pgha.core.rules.switchover.HandOverAfterStop;
import io.pgha.core.rules.switchover.HandOverIsTakenBack;
import io.pgha.core.rules.switchover.SwitchoverBegins;
import io.pgha.core.rules.switchover.SwitchoverRequestIsVoid;
import java.util.List;
import java.util.Optional;

/** The rules in their order. The first that matches wins; together they leave no situation without a decision. */
public final class DecisionTable {
    private static final List<Rule> RULES = List.of(
            // the cluster is paused
            new EndInPause(),
            new OutageInPause(),
            AlsoInPause.always(new HandOverAfterShutdownCheckpoint()),
            AlsoInPause.always(new LockKeptWhileBusy()),
            AlsoInPause.always(new ReinitializeCancelsTheJob()),
            AlsoInPause.always(new ReinitializeIsCancelled()),
            AlsoInPause.always(new Busy()),
            AlsoInPause.afterHandOver(new HandOverAfterStop()),
            AlsoInPause.afterHandOver(new LockKeptWhileDown()),
            AlsoInPause.afterHandOver(new HandOverIsTakenBack()),
            AlsoInPause.afterHandOver(new CrashedPrimaryStartsAgain()),
            new StoppedIsStartedByOrder(),
            new UnfitLeaderInPause(),
            AlsoInPause.always(new ReinitializeRefused()),
            AlsoInPause.always(new ReinitializeOrdered()),
            new DataLeftAloneInPause(),
            AlsoInPause.always(new RestartConditionsNotMet()),
            AlsoInPause.always(new RestartOrdered()),
            AlsoInPause.toStartAgain(new CrashRecoveryFirst()),
            AlsoInPause.toStartAgain(new RewindDiverged()),
            AlsoInPause.toStartAgain(new CompareBeforeStart()),
            AlsoInPause.toStartAgain(new StartFollowing()),
            new LeftDownInPause(),
            new PrimaryTakesLockInPause(),
            new CandidateTakesLockInPause(),
            new LeaderlessInPause(),
            new LockKeptInPause(),
            new RenewalFailedInPause(),
            AlsoInPause.toHandOver(new SwitchoverRequestIsVoid()),
            AlsoInPause.toHandOver(new SwitchoverBegins()),
            new HandoverRefusedInPause(),
            AlsoInPause.always(new PromotionWasRefused()),
            AlsoInPause.always(new LeaderLacksCommits()),
            new CandidateIsPromotedInPause(),
            AlsoInPause.always(new StandbysAreSynchronized()),
            new LeadingInPause(),
            new ExtraPrimaryInPause(),
            AlsoInPause.always(new StandbyStarting()),
            AlsoInPause.always(new FollowNewUpstream()),
            AlsoInPause.always(new Following()),
            // told to stop
            new ShutDownFinished(),
            new ShutDownOrdered(),
            new LockKeptWhileDemoting(),
            new HandOverAfterShutdownCheckpoint(),
            // the DCS does not answer
            new PrimaryAsksToGoOn(),
            new PrimaryGoesOnByAgreement(),
            new PrimaryCannotProveItsLock(),
            new PrimaryHoldsOn(),
            new StandbyWithoutTheDcs(),
            new NothingWithoutTheDcs(),
            // a Job runs
            new PromotingWithoutLock(),
            new InheritedLockIsGivenUp(),
            new LockKeptWhileBusy(),
            new LockLostWhileBusy(),
            new PrimaryStartTakesTooLong(),
            new ReinitializeCancelsTheJob(),
            new ReinitializeIsCancelled(),
            new Busy(),
            // a new cluster
            new BootstrapFailed(),
            new BootstrapClaimLost(),
            new StandbyClusterBegins(),
            new BootstrapBegins(),
            new StandbyClusterStarted(),
            new BootstrapStarted(),
            new BootstrapPublished(),
            // ordered by an operator: a new copy
            new ReinitializeRefused(),
            new ReinitializeOrdered(),
            // the data directory
            new DataDirectoryUnusable(),
            new LeaderWithoutData(),
            new InitializeNewCluster(),
            new CopyFromLeader(),
            new CopyWithoutLeader(),
            new CopyFromRemote(),
            new NoDataYet(),
            new ForeignSystemIdentifier(),
            new RunningStandbyIsAdopted(),
            new StandbyOfUnknownCluster(),
            new InitializeKeyMissing(),
            // ordered by an operator: a restart
            new ScheduledRestartIsVoid(),
            new RestartConditionsNotMet(),
            new RestartOrdered(),
            // PostgreSQL does not run, or its history has parted from the leader's
            new HandOverAfterStop(),
            new PrimaryDidNotStart(),
            new StandbyLeaderCannotStart(),
            new LockKeptWhileDown(),
            new HandOverIsTakenBack(),
            new FormerPrimaryRecoversFirst(),
            new ComparedWithRemoteBeforeStart(),
            new RewoundToRemote(),
            new NotRewoundIsReplaced(),
            new StandbyLeaderStarts(),
            new CrashedPrimaryStartsAgain(),
            new LeaderStartsAsStandby(),
            new CrashRecoveryFirst(),
            new RewindDiverged(),
            new ReplaceDiverged(),
            new CompareBeforeStart(),
            new StartFollowing(),
            new DownForNow(),
            // nobody leads
            new PrimaryWithoutAnyLock(),
            new LostTheRaceAsPrimary(),
            new ChosenCandidateTakesTheLock(),
            new NotACandidate(),
            new AskBeforeRacing(),
            new ChosenCandidateGoesFirst(),
            new HealthiestTakesTheLock(),
            new RaceLost(),
            // this member leads
            new LeaderRenewsItsLock(),
            new LeaderLostItsLock(),
            new LeaderCannotProveItsLock(),
            new StandbyLeaderHandsOver(),
            new PrimaryIsDemoted(),
            new StandbyLeaderFollowsRemote(),
            new ComparedWithRemoteWhenNotStreaming(),
            new StandbyLeaderLeads(),
            new LeaderNeedsItsWatchdog(),
            new SwitchoverRequestIsVoid(),
            new SwitchoverBegins(),
            new PromotionWasRefused(),
            new LeaderLacksCommits(),
            new LeaderMayLackWal(),
            new LeaderIsPromoted(),
            new StandbysAreSynchronized(),
            new LeadingAsPrimary(),
            // another member leads
            new PrimaryUnderAnothersLock(),
            new StandbyStarting(),
            new FollowNewUpstream(),
            new CompareWhenNotStreaming(),
            new LogicalSlotsMissing(),
            new Following());

    private final List<Rule> rules;

    private DecisionTable(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** The product's table. */
    public static DecisionTable standard() {
        return new DecisionTable(RULES);
    }

    /** A table of other rules; a test plants its mistakes with it. */
    public static DecisionTable of(List<Rule> rules) {
        return new DecisionTable(rules);
    }

    /** The rules in their order. */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * The decision of the first rule that matches.
     *
     * @throws IllegalStateException when none does: the table is not total, which is a bug
     */
    public Decision decide(Situation situation) {
        for (Rule rule : rules) {
            Optional<Decision> decision = rule.consider(situation);
            if (decision.isPresent()) {
                return decision.get();
            }
        }
        throw new IllegalStateException("no rule for " + situation);
    }
}
