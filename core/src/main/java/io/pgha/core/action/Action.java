package io.pgha.core.action;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.Upstream;
import io.pgha.core.sync.SyncPlan;
import java.util.List;
import java.util.Optional;

/** One thing to do. Data only; {@link Handler} does it. */
public sealed interface Action {
    /** Gives the action to the handler's method for it. */
    <R> R accept(Handler<R> handler);

    /** Does nothing in this cycle. */
    record Wait() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.doWait(this);
        }
    }

    /** Ends the agent, leaving PostgreSQL as it is. */
    record Exit(int code) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.exit(this);
        }
    }

    /** Tries to win the right to initialise a new cluster. */
    record RaceToInitialize() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.raceToInitialize(this);
        }
    }

    /** Job: initdb or the custom method. */
    record Bootstrap() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.bootstrap(this);
        }
    }

    /** Job: copies the server that a standby cluster follows and starts the copy; without one, by methods that need none. */
    record BootstrapStandby(Optional<Upstream> remote) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.bootstrapStandby(this);
        }
    }

    /** Job: roles and the post_bootstrap command on the new primary. */
    record FinishBootstrap() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.finishBootstrap(this);
        }
    }

    /** Publishes the new cluster: initialize, config, leader lock (facts §5.6). */
    record PublishBootstrap(String systemIdentifier) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.publishBootstrap(this);
        }
    }

    /** Job: removes the claim to initialise, stops PostgreSQL, puts the failed data directory aside. */
    record AbandonBootstrap() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.abandonBootstrap(this);
        }
    }

    /** Writes the system identifier where the DCS has none. */
    record WriteInitialize(String systemIdentifier) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.writeInitialize(this);
        }
    }

    /** Job: makes a replica; without a source by methods that need no leader. */
    record CreateReplica(Optional<Upstream> source) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.createReplica(this);
        }
    }

    /** Asks these members for their status. */
    record AskPeers(List<Member> members) implements Action {
        public AskPeers {
            members = List.copyOf(members);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.askPeers(this);
        }
    }

    /** Takes the leader lock if nobody has it. */
    record AcquireLock() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.acquireLock(this);
        }
    }

    /** Asks the members that the key failsafe names to promise that they will not lead. */
    record AskFailsafe() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.askFailsafe(this);
        }
    }

    /** Renews the leader lock. */
    record RenewLock() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.renewLock(this);
        }
    }

    /**
     * Gives the leader lock up.
     *
     * @param lastPosition where this node's WAL ended, to be published with it
     */
    record ReleaseLock(Optional<Lsn> lastPosition) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.releaseLock(this);
        }
    }

    /** Job: makes this standby the primary. */
    record Promote() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.promote(this);
        }
    }

    /** Carries out steps towards the wanted synchronous standbys, in order, until one does not succeed (facts §5.16). */
    record SynchronizeStandbys(SyncPlan plan) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.synchronizeStandbys(this);
        }
    }

    /** Stops a PostgreSQL that must not take writes any more, at once and before anything else. */
    record Fence() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.fence(this);
        }
    }

    /** Job: stops a primary in order, while there is time for it. */
    record Demote(Parting parting) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.demote(this);
        }
    }

    /** How a primary takes its leave. */
    enum Parting {
        /** The lock cannot be proven much longer: no time for a checkpoint. */
        HURRIED,
        /** It was asked to hand over: a checkpoint first, while clients still work, makes the stop short. */
        PREPARED
    }

    /** Writes an empty request over the one for a switchover or failover that was looked at. */
    record ClearFailover(long modRevision) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.clearFailover(this);
        }
    }

    /** Job: stops PostgreSQL in order, because the agent is to end. */
    record ShutDown() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.shutDown(this);
        }
    }

    /** Job: starts a crashed primary as primary again, on its timeline. */
    record StartAsPrimary() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.startAsPrimary(this);
        }
    }

    /** Job: starts as a standby; with no upstream, as one that only waits. */
    record StartAsStandby(Optional<Upstream> upstream) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.startAsStandby(this);
        }
    }

    /** Job: points a running standby at another upstream. */
    record Follow(Optional<Upstream> upstream) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.follow(this);
        }
    }

    /**
     * Job: stops PostgreSQL in order and starts it again as what it was (facts §5.13).
     *
     * @param order what was asked for
     * @param upstream whom a standby follows then; empty for a primary
     */
    record Restart(RestartOrder order, Role as, Optional<Upstream> upstream) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.restart(this);
        }
    }

    /**
     * Job: stops PostgreSQL and replaces its data by a new copy; the old data is kept until the new copy streams.
     *
     * @param order what was asked for
     * @param source whom to copy
     * @param oldData what may become of the old data where there is no room for both
     */
    record Reinitialize(ReinitializeOrder order, Upstream source, OldData oldData) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.reinitialize(this);
        }
    }

    /** Whether data that is to be replaced exists elsewhere. */
    enum OldData {
        /** Nobody has shown to have all of it. */
        KEPT,
        /** The leader, asked just now, has all of it. */
        EXPENDABLE
    }

    /** Asks the Job that runs to end. */
    record CancelJob() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.cancelJob(this);
        }
    }

    /** Answers an operator's order with a no, and forgets it. */
    record RefuseOrder(OrderKind kind, String reason) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.refuseOrder(this);
        }
    }

    /** What an operator can order from this node. */
    enum OrderKind {
        RESTART,
        SCHEDULED_RESTART,
        REINITIALIZE
    }

    /** Job: replays WAL in single-user mode. */
    record CrashRecover() implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.crashRecover(this);
        }
    }

    /** Job: compares the local history with the leader's. */
    record CheckDivergence(Upstream leader) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.checkDivergence(this);
        }
    }

    /** Job: stops PostgreSQL if it runs, and winds it back to where it can follow the leader. */
    record Rewind(Upstream leader) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.rewind(this);
        }
    }

    /** Job: stops PostgreSQL if it runs, and makes place for a new copy. */
    record SetAside(Disposal disposal) implements Action {
        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.setAside(this);
        }
    }

    /**
     * Job: copies logical slots from the leader, which needs a restart of this standby (facts §5.14).
     *
     * @param leader where the slots are
     * @param upstream whom to follow afterwards
     * @param slots their names
     */
    record CopySlots(Upstream leader, Optional<Upstream> upstream, List<String> slots) implements Action {
        public CopySlots {
            slots = List.copyOf(slots);
        }

        @Override
        public <R> R accept(Handler<R> handler) {
            return handler.copySlots(this);
        }
    }

    /** What becomes of a data directory that cannot be used any more. */
    enum Disposal {
        /** It is kept under another name. */
        RENAME,
        /** It is removed, because the operator's configuration says so. */
        REMOVE
    }

    /**
     * Does the actions.
     *
     * @param <R> what comes of one
     */
    interface Handler<R> {
        R doWait(Wait action);

        R exit(Exit action);

        R raceToInitialize(RaceToInitialize action);

        R bootstrap(Bootstrap action);

        R bootstrapStandby(BootstrapStandby action);

        R finishBootstrap(FinishBootstrap action);

        R publishBootstrap(PublishBootstrap action);

        R abandonBootstrap(AbandonBootstrap action);

        R writeInitialize(WriteInitialize action);

        R createReplica(CreateReplica action);

        R askPeers(AskPeers action);

        R acquireLock(AcquireLock action);

        R askFailsafe(AskFailsafe action);

        R renewLock(RenewLock action);

        R releaseLock(ReleaseLock action);

        R promote(Promote action);

        R synchronizeStandbys(SynchronizeStandbys action);

        R fence(Fence action);

        R demote(Demote action);

        R clearFailover(ClearFailover action);

        R shutDown(ShutDown action);

        R startAsPrimary(StartAsPrimary action);

        R startAsStandby(StartAsStandby action);

        R follow(Follow action);

        R restart(Restart action);

        R reinitialize(Reinitialize action);

        R cancelJob(CancelJob action);

        R refuseOrder(RefuseOrder action);

        R crashRecover(CrashRecover action);

        R checkDivergence(CheckDivergence action);

        R rewind(Rewind action);

        R setAside(SetAside action);

        R copySlots(CopySlots action);
    }
}
