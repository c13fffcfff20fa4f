package io.pgha.sim;

import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.check.Convergence;
import io.pgha.sim.check.DataSafety;
import io.pgha.sim.check.HandoverSafety;
import io.pgha.sim.check.LogicalConsumers;
import io.pgha.sim.check.Safety;
import io.pgha.sim.check.StoreHistory;
import io.pgha.sim.check.SyncSafety;
import io.pgha.sim.fault.Injector;
import io.pgha.sim.fault.LastResort;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.SimulationFailure;
import io.pgha.sim.kernel.Trace;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.Client;
import io.pgha.sim.world.Remote;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs one scenario: the faults, then the healing, and all the checks. */
public final class Simulation {
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** How much longer than the ttl an operator waits for a leader. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Carriers carriers;
    private final AgentMaker agents;
    private final Consumer<String> printer;

    /**
     * @param agents the agents under test
     * @param printer gets each line of the trace at once
     */
    public Simulation(Carriers carriers, AgentMaker agents, Consumer<String> printer) {
        this.carriers = carriers;
        this.agents = agents;
        this.printer = printer;
    }

    /** Runs it. Never throws for what the world does: that is in the result. */
    public RunResult run(Scenario scenario) {
        Scheduler scheduler = new Scheduler(carriers);
        Trace trace = new Trace(scheduler, printer);
        Chance chance = new Chance(scenario.seed()).split();
        World world = new World(scheduler, trace, chance.split(), scenario.shape(), agents);
        Client client = new Client(world, chance.split());
        Injector injector = new Injector(world, chance.split(), scenario.faults());
        Optional<SimulationFailure> failure = Optional.empty();
        trace.line("world", scenario.toString());
        try {
            live(scenario, world, client, injector);
        } catch (SimulationFailure thrown) {
            failure = Optional.of(thrown);
            trace.line("FAILED", String.valueOf(thrown.getMessage()));
        } finally {
            scheduler.end();
        }
        return new RunResult(
                scenario,
                failure,
                trace.hash(),
                scheduler.events(),
                injector.strikes(),
                client.acknowledged().size(),
                world.decisions(),
                trace.tail());
    }

    private static void live(Scenario scenario, World world, Client client, Injector injector) {
        Scheduler scheduler = world.scheduler();
        Safety safety = new Safety(world);
        scheduler.afterEach(safety::check);
        new StoreHistory(world).start();
        SyncSafety sync = new SyncSafety(world, client);
        sync.start();
        new DataSafety(world, client).start();
        new HandoverSafety(world).start();
        new LogicalConsumers(world).start();
        client.start();
        world.remote().ifPresent(Remote::start);
        injector.start();
        world.nodes().forEach(node -> node.startAgentIn(Duration.ofMillis(200)));
        scenario.shape()
                .patroni()
                .forEach(
                        (name, at) -> scheduler.after(at, () -> world.node(name).upgradeToPgha()));

        Duration healAt = scenario.length().minus(scenario.healing());
        scheduler.run(healAt);
        injector.heal();
        world.nodes().forEach(SimNode::startAgent);
        converge(world, scenario.length());
        scheduler.run(scenario.length());
        sync.requirePromisesInForce();
    }

    private static void converge(World world, Duration until) {
        Convergence convergence = new Convergence(world);
        Scheduler scheduler = world.scheduler();
        if (world.hasLostWal()) {
            scheduler.after(world.timing().ttl().plus(PATIENCE), () -> LastResort.failOver(world));
        }
        while (true) {
            Optional<String> missing = convergence.missing();
            if (missing.isEmpty()) {
                world.trace().line("world", "has converged");
                return;
            }
            Duration next = Duration.ofNanos(scheduler.now()).plus(LOOK);
            if (next.compareTo(until) > 0) {
                scheduler.fail(new Violation("L1", "after healing: " + missing.get()));
            }
            scheduler.run(next);
        }
    }
}
