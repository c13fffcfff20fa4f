package io.pgha.sim;

import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.kernel.Carriers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Runs many seeds, several at a time: worlds share nothing. */
public final class Campaign {
    private final int threads;
    private final AgentMaker agents;

    public Campaign(int threads, AgentMaker agents) {
        this.threads = threads;
        this.agents = agents;
    }

    /**
     * Runs them all.
     *
     * @param scenarios the world of a seed
     * @param each is told of every result, one at a time, in the order in which they come
     */
    public Tally run(long firstSeed, int seeds, LongFunction<Scenario> scenarios, Consumer<RunResult> each) {
        Tally tally = new Tally();
        AtomicLong next = new AtomicLong(firstSeed);
        List<Thread> runners = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread runner = new Thread(() -> runSome(next, firstSeed + seeds, scenarios, result -> {
                synchronized (tally) {
                    tally.add(result);
                    each.accept(result);
                }
            }));
            runner.start();
            runners.add(runner);
        }
        runners.forEach(Campaign::join);
        return tally;
    }

    private void runSome(AtomicLong next, long end, LongFunction<Scenario> scenarios, Consumer<RunResult> each) {
        try (Carriers carriers = Carriers.open()) {
            for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
                each.accept(new Simulation(carriers, agents, line -> {}).run(scenarios.apply(seed)));
            }
        }
    }

    private static void join(Thread runner) {
        try {
            runner.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
