package io.pgha.agent.exec;

import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncState;
import io.pgha.core.sync.Prepromotion;
import io.pgha.core.sync.SyncPlan;
import io.pgha.core.sync.SyncPromise;
import io.pgha.core.sync.SyncStep;
import io.pgha.dcs.DcsOutcome;
import io.pgha.postgres.Result;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out steps of synchronous replication, in order, and stops at the first whose success is not certain.
 *
 * <p>A plan is made from what was seen. A write whose outcome is unknown, this life's or the former one's, may come into
 * force after that; so before the first plan, and after each doubt, what was seen is written once more: then nothing that is
 * still on its way can change it.
 */
final class SyncActions {
    private static final Logger LOG = LoggerFactory.getLogger(SyncActions.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Surroundings world;
    private final LeaseGuard guard;
    private boolean keyIsCertain;
    private boolean namesAreCertain;
    private String complaint = "";

    SyncActions(Surroundings world, LeaseGuard guard) {
        this.world = world;
        this.guard = guard;
    }

    /** On the loop's thread. */
    Outcome carryOut(SyncPlan plan, Situation situation) {
        Run run = new Run(situation);
        boolean done =
                makeCertain(plan, situation, run) && plan.steps().stream().allMatch(step -> step.accept(run));
        keyIsCertain = run.trouble.isEmpty() && (keyIsCertain || run.wroteKey);
        namesAreCertain = run.trouble.isEmpty() && (namesAreCertain || run.wroteNames);
        complain(run.trouble);
        return new Outcome.LookAgain(done ? situation.settings().loopWait() : run.again);
    }

    private boolean makeCertain(SyncPlan plan, Situation situation, Run run) {
        Optional<SyncStep> first = plan.first();
        boolean namesFirst = first.filter(SyncStep.SetNames.class::isInstance).isPresent();
        boolean keyFirst = first.filter(
                        step -> step instanceof SyncStep.WriteSyncKey || step instanceof SyncStep.DeleteSyncKey)
                .isPresent();
        boolean sure =
                keyFirst || keyIsCertain || run.rewriteKey(situation.view().sync());
        return sure
                && (namesFirst
                        || namesAreCertain
                        || run.set(situation
                                .local()
                                .server()
                                .map(server -> server.sync().standbyNames())));
    }

    /** This node is about to be promoted: what was certain is so no longer. On the loop's thread. */
    void forget() {
        keyIsCertain = false;
        namesAreCertain = false;
    }

    /**
     * Sets for whom the commits of the new primary wait, and hands the key over to it (facts §5.16 "Prepromote"). In the
     * promotion's Job, while the loop leaves the key alone.
     *
     * @return a failure when somebody else changed the key: then another member may have led meanwhile
     */
    Result beforePromotion(Situation situation) {
        SyncPlan plan = Prepromotion.plan(
                situation.me(), situation.settings().sync(), situation.view().sync());
        Run run = new Run(situation);
        if (plan.steps().stream().allMatch(step -> step.accept(run))) {
            return new Result.Succeeded(plan.reason());
        }
        String why = "not promoted yet: " + run.trouble;
        return run.refused ? new Result.Failed(why) : new Result.TimedOut(why);
    }

    /** Before a new cluster's first commit that anybody is promised (facts §5.6). */
    Result beforeFirstLead(Situation situation) {
        SyncNames nobody = situation.settings().sync().namesForNobody();
        return situation.settings().sync().isOn()
                ? world.postgres().setSynchronousNames(Optional.of(nobody.format()))
                : new Result.Succeeded("synchronous mode is off");
    }

    private void complain(String trouble) {
        if (!trouble.isEmpty() && !trouble.equals(complaint)) {
            LOG.warn("synchronous replication: {}", trouble);
        }
        complaint = trouble;
    }

    /** One go through some steps; each tells whether the next one may follow. */
    private final class Run implements SyncStep.Handler<Boolean> {
        private long revision;
        private Duration again = SOON;
        private String trouble = "";
        private boolean refused;
        private boolean wroteKey;
        private boolean wroteNames;

        Run(Situation situation) {
            this.revision = situation.view().sync().map(SyncState::modRevision).orElse(0L);
        }

        @Override
        public Boolean writeSyncKey(SyncStep.WriteSyncKey step) {
            return write(Optional.of(step.promise().toState(revision)));
        }

        @Override
        public Boolean deleteSyncKey(SyncStep.DeleteSyncKey step) {
            return write(Optional.empty());
        }

        @Override
        public Boolean setNames(SyncStep.SetNames step) {
            return set(Optional.of(step.names().format()));
        }

        @Override
        public Boolean restoreOwnNames(SyncStep.RestoreOwnNames step) {
            return set(Optional.empty());
        }

        @Override
        public Boolean reevaluate(SyncStep.Reevaluate step) {
            again = step.after();
            return false;
        }

        boolean rewriteKey(Optional<SyncState> seen) {
            return SyncPromise.of(seen)
                    .map(promise -> write(Optional.of(promise.toState(revision))))
                    .orElse(true);
        }

        private boolean write(Optional<SyncState> state) {
            if (!mayGoOn()) {
                return false;
            }
            DcsOutcome<Long> outcome = world.dcs().writeSync(state, revision);
            if (outcome instanceof DcsOutcome.Done<Long> done) {
                revision = done.value();
                wroteKey = true;
                return true;
            }
            refused = outcome instanceof DcsOutcome.Refused;
            return fail("the key sync could not be written: " + outcome.reason());
        }

        boolean set(Optional<String> names) {
            if (!mayGoOn()) {
                return false;
            }
            Result result = world.postgres().setSynchronousNames(names);
            wroteNames = result.succeeded();
            return result.succeeded() || fail(result.message());
        }

        private boolean mayGoOn() {
            return guard.provenForLong() || fail("the leader lock is not proven any longer");
        }

        private boolean fail(String why) {
            trouble = why;
            return false;
        }
    }
}
