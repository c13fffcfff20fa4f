package io.pgha.sim;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The command line of {@code ./simulate}.
 *
 * @param firstSeed the first seed
 * @param seeds how many
 * @param length simulated time of each
 * @param threads seeds at the same time
 * @param trace show everything that happens in the first seed
 */
record Options(long firstSeed, int seeds, Duration length, int threads, boolean trace) {
    static final String USAGE =
            "usage: ./simulate [--seeds N] [--seed FIRST] [--minutes SIMULATED] [--threads N] [--trace]\n"
                    + "  ./simulate --seeds 1000              a thousand clusters of ten simulated minutes\n"
                    + "  ./simulate --seed 17 --trace         everything that happens in one of them";

    private static final Map<String, Long> DEFAULTS =
            Map.of("--seed", 1L, "--seeds", 200L, "--minutes", 10L, "--threads", 2L);
    private static final long LEAST_MINUTES = 6;

    static Options parse(String[] args) {
        Map<String, Long> values = new TreeMap<>(DEFAULTS);
        boolean trace = false;
        boolean oneSeed = false;
        boolean manySeeds = false;
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--trace")) {
                trace = true;
                continue;
            }
            if (!values.containsKey(arg)) {
                throw new IllegalArgumentException("unknown option " + arg);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(arg + " needs a number");
            }
            values.put(arg, number(arg, args[++i]));
            oneSeed |= arg.equals("--seed");
            manySeeds |= arg.equals("--seeds");
        }
        long minutes = values.getOrDefault("--minutes", 0L);
        if (minutes < LEAST_MINUTES) {
            throw new IllegalArgumentException(
                    "--minutes must be at least " + LEAST_MINUTES + ": healing alone may take three");
        }
        int seeds = oneSeed && !manySeeds ? 1 : Math.toIntExact(values.getOrDefault("--seeds", 0L));
        return new Options(
                values.getOrDefault("--seed", 0L),
                seeds,
                Duration.ofMinutes(minutes),
                Math.toIntExact(Math.max(1, values.getOrDefault("--threads", 0L))),
                trace);
    }

    private static long number(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + text, e);
        }
    }
}
