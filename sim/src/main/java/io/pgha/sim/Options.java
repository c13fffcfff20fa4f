package io.pgha.sim;

import io.pgha.sim.fault.FaultFamily;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The command line of {@code ./simulate}.
 *
 * @param firstSeed the first seed
 * @param seeds how many
 * @param length simulated time of each
 * @param threads seeds at the same time
 * @param strikes the numbers of the faults that are to strike; empty: all
 * @param families the only families of faults; empty: as the seed has it
 * @param mixed rolling upgrades from Patroni
 * @param trace show everything that happens in the first seed
 */
record Options(
        long firstSeed,
        int seeds,
        Duration length,
        int threads,
        Optional<List<Integer>> strikes,
        Optional<List<FaultFamily>> families,
        boolean mixed,
        boolean trace) {
    static final String USAGE = "usage: ./simulate [--seeds N] [--seed FIRST] [--minutes SIMULATED] [--threads N]\n"
            + "                  [--only FAMILY,...] [--strikes NUMBER,...] [--mixed] [--trace]\n"
            + "  ./simulate --seeds 1000              a thousand clusters of ten simulated minutes\n"
            + "  ./simulate --seed 17 --trace         everything that happens in one of them\n"
            + "  ./simulate --seed 17 --strikes 3,9   the same cluster with two of its faults\n"
            + "  ./simulate --mixed                   rolling upgrades from Patroni\n"
            + "  ./simulate --only NODE_LOSS,OPERATOR these families in all clusters";

    private static final Map<String, String> DEFAULTS =
            Map.of("--seed", "1", "--seeds", "200", "--minutes", "10", "--threads", "2", "--strikes", "", "--only", "");
    private static final long LEAST_MINUTES = 1;

    static Options parse(String[] args) {
        Map<String, String> values = new TreeMap<>(DEFAULTS);
        List<String> given = Arrays.asList(args);
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--trace") || args[i].equals("--mixed")) {
                continue;
            }
            if (!DEFAULTS.containsKey(args[i])) {
                throw new IllegalArgumentException("unknown option " + args[i]);
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            values.put(args[i], args[++i]);
        }
        long minutes = number(values, "--minutes");
        if (minutes < LEAST_MINUTES) {
            throw new IllegalArgumentException("--minutes must be at least " + LEAST_MINUTES);
        }
        boolean oneSeed = given.contains("--trace") || (given.contains("--seed") && !given.contains("--seeds"));
        return new Options(
                number(values, "--seed"),
                oneSeed ? 1 : Math.toIntExact(number(values, "--seeds")),
                Duration.ofMinutes(minutes),
                Math.toIntExact(Math.max(1, number(values, "--threads"))),
                list(values, "--strikes", Integer::valueOf),
                list(values, "--only", name -> FaultFamily.valueOf(name.toUpperCase(Locale.ROOT))),
                given.contains("--mixed"),
                given.contains("--trace"));
    }

    /** The world of that seed, as it is wanted. */
    Scenario scenario(long seed) {
        Scenario scenario = mixed ? Scenario.mixed(seed, length) : Scenario.of(seed, length);
        if (families.isPresent()) {
            scenario = scenario.with(scenario.faults().among(families.get()));
        }
        return strikes.isPresent() ? scenario.with(scenario.faults().only(strikes.get())) : scenario;
    }

    private static <T> Optional<List<T>> list(Map<String, String> values, String option, Function<String, T> reader) {
        String text = values.getOrDefault(option, "");
        if (text.isEmpty()) {
            return Optional.empty();
        } else if (text.equals("none")) {
            return Optional.of(List.of());
        }
        try {
            return Optional.of(Arrays.stream(text.split(",", -1)).map(reader).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + " cannot be " + text, e);
        }
    }

    private static long number(Map<String, String> values, String option) {
        String text = values.getOrDefault(option, "");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not " + text, e);
        }
    }
}
