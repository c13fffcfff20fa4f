package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.dcs.wire.ConfigCodec;
import io.pgha.dcs.wire.FailoverCodec;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.Timing;
import io.pgha.sim.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operator who gives orders at bad moments, through the keys that the REST API and the tools write. */
final class Operator {
    private Operator() {}

    static Optional<Trouble> command(World world, Chance chance) {
        return switch (chance.below(5)) {
            case 0, 1 -> switchover(world, chance);
            case 2 -> failover(world, chance);
            case 3 -> cancel(world);
            default -> config(world, chance);
        };
    }

    private static Optional<Trouble> switchover(World world, Chance chance) {
        Optional<String> leader = chance.oneIn(8)
                ? Optional.of(chance.pick(world.names()))
                : world.storeView().leader();
        if (leader.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> candidate = chance.oneIn(2) ? Optional.of(chance.pick(world.names())) : Optional.empty();
        Optional<String> schedule = chance.oneIn(4)
                ? Optional.of(world.nodes()
                        .iterator()
                        .next()
                        .clock()
                        .wall()
                        .plus(chance.millis(-5_000, 60_000))
                        .minus(chance.oneIn(3) ? Duration.ofHours(1) : Duration.ZERO)
                        .toString())
                : Optional.empty();
        write(world, new FailoverRequest(leader, candidate, schedule, 0));
        return Trouble.momentary("an operator asks for a switchover from " + leader.get() + " to "
                + candidate.orElse("anybody") + schedule.map(at -> " at " + at).orElse(""));
    }

    private static Optional<Trouble> cancel(World world) {
        world.store().delete(World.KEYS.failover());
        return Trouble.momentary("an operator takes a request back");
    }

    private static Optional<Trouble> failover(World world, Chance chance) {
        String candidate = chance.oneIn(10) ? "stranger" : chance.pick(world.names());
        write(world, new FailoverRequest(Optional.empty(), Optional.of(candidate), Optional.empty(), 0));
        return Trouble.momentary("an operator asks for a failover to " + candidate);
    }

    /** Writes the key failover. */
    static void write(World world, FailoverRequest request) {
        world.store().put(World.KEYS.failover(), new String(FailoverCodec.encode(request), StandardCharsets.UTF_8));
    }

    /** Other settings for a while. */
    private static Optional<Trouble> config(World world, Chance chance) {
        Map<String, Object> changed = new LinkedHashMap<>(world.initialConfig());
        String words;
        switch (chance.below(4)) {
            case 0 -> {
                Timing times = chance.pick(List.of(Timing.seconds(20, 5, 5), Timing.seconds(10, 2, 3), Timing.NORMAL));
                changed.putAll(times.dynamic());
                words = times.toString();
            }
            case 1 -> {
                changed.put("check_timeline", !Boolean.TRUE.equals(changed.get("check_timeline")));
                words = "check_timeline " + changed.get("check_timeline");
            }
            case 2 -> {
                changed.put("ttl", "soon");
                words = "a ttl that is none";
            }
            default -> {
                changed.put("maximum_lag_on_failover", 1_000);
                words = "maximum_lag_on_failover 1000";
            }
        }
        put(world, changed);
        return Trouble.lasting(
                "an operator sets " + words,
                chance.between(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                () -> put(world, world.initialConfig()));
    }

    private static void put(World world, Map<String, Object> config) {
        if (world.store().entry(World.KEYS.config()).isPresent()) {
            world.store().put(World.KEYS.config(), new String(ConfigCodec.encode(config), StandardCharsets.UTF_8));
        }
    }
}
