package io.pgha.sim.world;

import io.pgha.core.action.Action;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.LogicalSlotPlan;
import io.pgha.core.slots.SlotHorizon;
import io.pgha.core.slots.SlotPlan;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import io.pgha.sim.world.CommandWitness.Command;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Hands everything on, and tells of each order that changes a server or its data. */
final class TracedPostgres implements Postgres {
    private final SimNode node;
    private final Postgres inner;
    private final CommandWitness witness;

    TracedPostgres(SimNode node, Postgres inner, CommandWitness witness) {
        this.node = node;
        this.inner = inner;
        this.witness = witness;
    }

    private Result traced(Command command, Supplier<Result> order) {
        witness.orders(node, command);
        Result result = order.get();
        witness.ended(node, command);
        return result;
    }

    @Override
    public PostgresObservation observe() {
        PostgresObservation seen = inner.observe();
        if (seen.server().isPresent()) {
            witness.answers(node);
        }
        return seen;
    }

    @Override
    public Result configure(PostgresSettings settings, ConfigRole role) {
        return inner.configure(settings, role);
    }

    @Override
    public Result bootstrap(JobControl control) {
        return traced(Command.BOOTSTRAP, () -> inner.bootstrap(control));
    }

    @Override
    public Result finishBootstrap(JobControl control) {
        return inner.finishBootstrap(control);
    }

    @Override
    public Result abandonBootstrap() {
        return traced(Command.ABANDON_BOOTSTRAP, () -> inner.abandonBootstrap());
    }

    @Override
    public Result createReplica(CloneRequest request, JobControl control) {
        return traced(Command.CREATE_REPLICA, () -> inner.createReplica(request, control));
    }

    @Override
    public Result replaceData(CloneRequest request, Action.OldData oldData, JobControl control) {
        return traced(Command.REPLACE_DATA, () -> inner.replaceData(request, oldData, control));
    }

    @Override
    public List<String> replacedData() {
        return inner.replacedData();
    }

    @Override
    public Result discardReplacedData(List<String> names) {
        return traced(Command.DISCARD_REPLACED_DATA, () -> inner.discardReplacedData(names));
    }

    @Override
    public Result startAsPrimary(Duration timeout, JobControl control) {
        return traced(Command.START_AS_PRIMARY, () -> inner.startAsPrimary(timeout, control));
    }

    @Override
    public Result startAsStandby(Optional<Upstream> upstream, Duration timeout, JobControl control) {
        return traced(Command.START_AS_STANDBY, () -> inner.startAsStandby(upstream, timeout, control));
    }

    @Override
    public boolean follows(Optional<Upstream> upstream) {
        return inner.follows(upstream);
    }

    @Override
    public boolean followsUnlessRestarted(Optional<Upstream> upstream) {
        return inner.followsUnlessRestarted(upstream);
    }

    @Override
    public Result follow(Optional<Upstream> upstream, JobControl control) {
        return traced(Command.FOLLOW, () -> inner.follow(upstream, control));
    }

    @Override
    public Result beforePromotion(JobControl control) {
        return inner.beforePromotion(control);
    }

    @Override
    public Result skipTimelines(Timeline upTo) {
        return inner.skipTimelines(upTo);
    }

    @Override
    public Result promote(Duration wait, BooleanSupplier stillAllowed, JobControl control) {
        return traced(Command.PROMOTE, () -> inner.promote(wait, stillAllowed, control));
    }

    @Override
    public Result stop(StopMode mode, boolean checkpointFirst, Duration timeout, StopObserver observer) {
        return traced(Command.STOP, () -> inner.stop(mode, checkpointFirst, timeout, observer));
    }

    @Override
    public Result fence(String reason) {
        return traced(Command.FENCE, () -> inner.fence(reason));
    }

    @Override
    public Result setSynchronousNames(Optional<String> names) {
        return inner.setSynchronousNames(names);
    }

    @Override
    public Result checkpoint(Duration timeout) {
        return inner.checkpoint(timeout);
    }

    @Override
    public Divergence checkDivergence(Upstream leader, JobControl control) {
        return inner.checkDivergence(leader, control);
    }

    @Override
    public Result crashRecover(JobControl control) {
        return traced(Command.CRASH_RECOVER, () -> inner.crashRecover(control));
    }

    @Override
    public Result rewind(Upstream source, JobControl control) {
        return traced(Command.REWIND, () -> inner.rewind(source, control));
    }

    @Override
    public Result setAside(boolean remove) {
        return traced(Command.SET_ASIDE, () -> inner.setAside(remove));
    }

    @Override
    public Result applySlots(SlotPlan plan) {
        witness.slots(node, plan);
        return inner.applySlots(plan);
    }

    @Override
    public Result applyLogicalSlots(LogicalSlotPlan plan) {
        return inner.applyLogicalSlots(plan);
    }

    @Override
    public Result copyLogicalSlots(
            Upstream leader, Optional<Upstream> upstream, List<String> slots, JobControl control) {
        return traced(Command.COPY_LOGICAL_SLOTS, () -> inner.copyLogicalSlots(leader, upstream, slots, control));
    }

    @Override
    public Optional<SlotHorizon> slotHorizon(Upstream leader, Set<String> slots) {
        return inner.slotHorizon(leader, slots);
    }

    @Override
    public List<HistoryEntry> history(Timeline timeline) {
        return inner.history(timeline);
    }

    @Override
    public void onPostmasterExit(Runnable toldAtOnce) {
        inner.onPostmasterExit(toldAtOnce);
    }

    @Override
    public void close() {
        inner.close();
    }
}
