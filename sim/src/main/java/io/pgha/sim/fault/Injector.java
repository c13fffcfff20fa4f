package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Strikes a world with the faults that its plan allows, until it is told to heal. */
public final class Injector {
    /** A call to a server that hangs has its limit of three seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private final World world;
    private final Chance chance;
    private final FaultPlan plan;
    private final List<Trouble> active = new ArrayList<>();
    private final List<Strike> strikes = new ArrayList<>();
    private boolean healed;
    private long mendedAt = -SETTLED.toNanos();
    private int drawn;

    public Injector(World world, Chance chance, FaultPlan plan) {
        this.world = world;
        this.chance = chance;
        this.plan = plan;
    }

    /** Begins. */
    public void start() {
        if (plan.families().contains(FaultFamily.BIRTH)) {
            strike(++drawn, chance.split(), FaultFamily.BIRTH);
        }
        world.scheduler().after(plan.calm(), this::next);
    }

    /** Those that struck so far. */
    public List<Strike> strikes() {
        return List.copyOf(strikes);
    }

    /** Each strike draws from a source of its own: those that are left out do not change the others. */
    private void next() {
        Chance own = chance.split();
        int number = ++drawn;
        Duration pause = own.between(plan.pause().dividedBy(4), plan.pause().multipliedBy(2));
        world.scheduler().after(pause, () -> {
            if (!healed) {
                strike(number, own, own.pick(plan.families()));
                next();
            }
        });
    }

    private void strike(int number, Chance own, FaultFamily family) {
        if (!plan.wants(number) || active.size() >= plan.together() || (family.isAlone() && !isCalm())) {
            return;
        }
        Optional<Trouble> trouble = Fault.of(family).strike(world, own);
        trouble.ifPresent(begun -> {
            strikes.add(new Strike(number, family));
            begun(begun);
        });
    }

    /** Nothing is broken, and nobody waits any more for what was broken until a moment ago. */
    private boolean isCalm() {
        return active.isEmpty() && world.scheduler().now() - mendedAt >= SETTLED.toNanos();
    }

    private void begun(Trouble trouble) {
        world.trace().line("fault", trouble.words());
        active.add(trouble);
        world.scheduler().after(trouble.lasts(), () -> end(trouble));
    }

    private void end(Trouble trouble) {
        if (active.remove(trouble) && !trouble.lasts().isZero()) {
            world.trace().line("mended", trouble.words());
            trouble.end().run();
            mendedAt = world.scheduler().now();
        }
    }

    /** Mends everything, and lets nothing more happen. */
    public void heal() {
        healed = true;
        List.copyOf(active).forEach(this::end);
        world.trace().line("fault", "everything is mended");
    }
}
