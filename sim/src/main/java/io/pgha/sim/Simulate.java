package io.pgha.sim;

import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.kernel.Carriers;
import java.io.PrintStream;
import java.time.Duration;

/** {@code ./simulate}: runs seeds and says what came of them. Ends with 1 when one failed, with 2 on wrong usage. */
public final class Simulate {
    private Simulate() {}

    public static void main(String[] args) {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(options.seeds() == 1 ? one(options, System.out) : many(options, System.out));
    }

    private static int one(Options options, PrintStream out) {
        try (Carriers carriers = Carriers.open()) {
            RunResult result = new Simulation(
                            carriers, RealAgent::standard, options.trace() ? out::println : line -> {})
                    .run(options.scenario(options.firstSeed()));
            out.println(result.report());
            out.printf(
                    "trace hash %016x, %d events, %d faults%n",
                    result.hash(), result.events(), result.strikes().size());
            result.failure().ifPresent(why -> Stacks.print(why, out));
            if (result.failed() && !options.trace()) {
                shrink(carriers, result, out);
            }
            return result.failed() ? 1 : 0;
        }
    }

    private static void shrink(Carriers carriers, RunResult failed, PrintStream out) {
        RunResult small = new Shrinker(carriers, RealAgent::standard).shrink(failed);
        out.println("  shrunk to " + small.strikes() + ": " + small.replay());
    }

    private static int many(Options options, PrintStream out) {
        long begin = System.nanoTime();
        Campaign campaign = new Campaign(options.threads(), RealAgent::standard);
        Tally tally = campaign.run(options.firstSeed(), options.seeds(), options::scenario, result -> {
            if (result.failed()) {
                out.println(result.report());
                result.failure().ifPresent(why -> Stacks.print(why, out));
                try (Carriers carriers = Carriers.open()) {
                    shrink(carriers, result, out);
                }
            }
        });
        tally.print(out, Duration.ofNanos(System.nanoTime() - begin));
        return tally.failed() == 0 ? 0 : 1;
    }
}
