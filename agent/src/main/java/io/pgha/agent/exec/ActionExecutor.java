package io.pgha.agent.exec;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one action in one situation. */
public final class ActionExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(ActionExecutor.class);

    private final Surroundings world;
    private final NotedJobs jobs;
    private final LockActions lock;
    private final SyncActions sync;
    private final LongWork work;
    private final Inbox inbox;
    private OptionalInt exitCode = OptionalInt.empty();

    /** @param inbox where orders of operators are taken from and answered */
    public ActionExecutor(Surroundings world, LeaseGuard guard, StopProgress stops, Inbox inbox) {
        this.jobs = new NotedJobs(world.jobs());
        this.world = world.withJobs(jobs);
        this.inbox = inbox;
        this.sync = new SyncActions(this.world, guard);
        this.lock = new LockActions(this.world, guard, sync);
        this.work = new LongWork(this.world, guard, stops, sync, inbox);
    }

    /** Does it and tells what came of it. */
    public Outcome enact(Action action, Situation situation) {
        return action.accept(new Enactment(situation));
    }

    /** The Job that was started since this was asked last. */
    public Optional<JobKind> takeStartedJob() {
        return jobs.takeStarted();
    }

    /** Mends what a leader finds missing in the DCS. */
    public void restoreMissing(Situation situation) {
        lock.restoreMissing(situation);
    }

    /** The code to end with, once an action said that the agent ends. */
    public OptionalInt exitCode() {
        return exitCode;
    }

    private final class Enactment implements Action.Handler<Outcome> {
        private final Situation situation;

        Enactment(Situation situation) {
            this.situation = situation;
        }

        @Override
        public Outcome doWait(Action.Wait action) {
            return new Outcome.CycleEnds();
        }

        @Override
        public Outcome exit(Action.Exit action) {
            world.jobs().cancel();
            exitCode = OptionalInt.of(action.code());
            return new Outcome.CycleEnds();
        }

        @Override
        public Outcome raceToInitialize(Action.RaceToInitialize action) {
            return lock.raceToInitialize();
        }

        @Override
        public Outcome bootstrap(Action.Bootstrap action) {
            return work.bootstrap();
        }

        @Override
        public Outcome bootstrapStandby(Action.BootstrapStandby action) {
            return work.bootstrapStandby(action.remote());
        }

        @Override
        public Outcome finishBootstrap(Action.FinishBootstrap action) {
            return work.finishBootstrap();
        }

        @Override
        public Outcome publishBootstrap(Action.PublishBootstrap action) {
            return lock.publishBootstrap(situation, action.systemIdentifier());
        }

        /** Ends the agent as Patroni does (facts §5.6): what failed once fails again, and is for a person to mend. */
        @Override
        public Outcome abandonBootstrap(Action.AbandonBootstrap action) {
            LOG.error("{}", world.postgres().abandonBootstrap().message());
            if (situation.view().initialize().filter(String::isEmpty).isPresent()) {
                world.dcs().cancelInitialize();
            }
            exitCode = OptionalInt.of(1);
            return new Outcome.CycleEnds();
        }

        @Override
        public Outcome writeInitialize(Action.WriteInitialize action) {
            return lock.writeInitialize(situation, action.systemIdentifier());
        }

        @Override
        public Outcome createReplica(Action.CreateReplica action) {
            return work.createReplica(action.source());
        }

        @Override
        public Outcome askPeers(Action.AskPeers action) {
            return new Outcome.PeersAnswered(world.peers().ask(action.members()));
        }

        @Override
        public Outcome acquireLock(Action.AcquireLock action) {
            return lock.acquire(situation);
        }

        @Override
        public Outcome askFailsafe(Action.AskFailsafe action) {
            return lock.askFailsafe(situation);
        }

        @Override
        public Outcome renewLock(Action.RenewLock action) {
            return lock.renew(situation);
        }

        @Override
        public Outcome releaseLock(Action.ReleaseLock action) {
            return lock.release(situation, action.lastPosition());
        }

        @Override
        public Outcome promote(Action.Promote action) {
            Optional<String> missing = world.fence().missing();
            if (missing.isPresent()) {
                LOG.error("not promoted: a watchdog device is required: {}", missing.get());
                return new Outcome.CycleEnds();
            }
            return lock.claimTimeline(situation)
                    .map(claimed -> work.promote(situation, claimed))
                    .orElse(new Outcome.CycleEnds());
        }

        @Override
        public Outcome synchronizeStandbys(Action.SynchronizeStandbys action) {
            return sync.carryOut(action.plan(), situation);
        }

        @Override
        public Outcome fence(Action.Fence action) {
            world.jobs().cancel();
            LOG.warn("{}", world.postgres().fence("decided by the loop").message());
            return new Outcome.CycleEnds();
        }

        @Override
        public Outcome demote(Action.Demote action) {
            return work.demote(situation, action.parting());
        }

        @Override
        public Outcome clearFailover(Action.ClearFailover action) {
            return lock.clearFailover(action.modRevision());
        }

        @Override
        public Outcome shutDown(Action.ShutDown action) {
            return work.shutDown(situation);
        }

        @Override
        public Outcome startAsPrimary(Action.StartAsPrimary action) {
            return work.startAsPrimary(situation);
        }

        @Override
        public Outcome startAsStandby(Action.StartAsStandby action) {
            return work.startAsStandby(action.upstream());
        }

        @Override
        public Outcome follow(Action.Follow action) {
            return work.follow(situation, action.upstream());
        }

        @Override
        public Outcome restart(Action.Restart action) {
            return work.restart(situation, action);
        }

        @Override
        public Outcome reinitialize(Action.Reinitialize action) {
            return work.reinitialize(situation, action);
        }

        @Override
        public Outcome cancelJob(Action.CancelJob action) {
            world.jobs().cancel();
            inbox.cancelled();
            return new Outcome.CycleEnds();
        }

        @Override
        public Outcome refuseOrder(Action.RefuseOrder action) {
            inbox.refuse(action.kind(), action.reason());
            return new Outcome.OrderSettled(action.kind());
        }

        @Override
        public Outcome crashRecover(Action.CrashRecover action) {
            return work.crashRecover();
        }

        @Override
        public Outcome checkDivergence(Action.CheckDivergence action) {
            return work.checkDivergence(action.leader());
        }

        @Override
        public Outcome rewind(Action.Rewind action) {
            return work.rewind(situation, action.leader());
        }

        @Override
        public Outcome copySlots(Action.CopySlots action) {
            return work.copySlots(action);
        }

        @Override
        public Outcome setAside(Action.SetAside action) {
            return work.setAside(action.disposal());
        }
    }
}
