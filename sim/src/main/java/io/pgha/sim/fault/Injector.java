package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strikes a world with the faults that its plan allows, until it is told to heal. */
public final class Injector {
    private final World world;
    private final Chance chance;
    private final FaultPlan plan;
    private final List<Trouble> active = new ArrayList<>();
    private boolean healed;
    private long strikes;

    public Injector(World world, Chance chance, FaultPlan plan) {
        this.world = world;
        this.chance = chance;
        this.plan = plan;
    }

    /** Begins. */
    public void start() {
        world.scheduler().after(plan.calm(), this::next);
    }

    /** Faults so far. */
    public long strikes() {
        return strikes;
    }

    private void next() {
        Duration pause = chance.between(plan.pause().dividedBy(4), plan.pause().multipliedBy(2));
        world.scheduler().after(pause, () -> {
            if (!healed) {
                strike();
                next();
            }
        });
    }

    private void strike() {
        FaultFamily family = chance.pick(plan.families());
        if (active.size() >= plan.together() || (family == FaultFamily.LEASE_REVOKED && !active.isEmpty())) {
            return;
        }
        Optional<Trouble> trouble = Fault.of(family).strike(world, chance);
        trouble.ifPresent(this::begun);
    }

    private void begun(Trouble trouble) {
        strikes++;
        world.trace().line("fault", trouble.words());
        active.add(trouble);
        world.scheduler().after(trouble.lasts(), () -> end(trouble));
    }

    private void end(Trouble trouble) {
        if (active.remove(trouble) && !trouble.lasts().isZero()) {
            world.trace().line("mended", trouble.words());
            trouble.end().run();
        }
    }

    /** Mends everything, and lets nothing more happen. */
    public void heal() {
        healed = true;
        List.copyOf(active).forEach(this::end);
        world.trace().line("fault", "everything is mended");
    }
}
