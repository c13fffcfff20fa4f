package io.pgha.sim.fault;

import io.pgha.core.model.DynamicConfigKey;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What operators do at bad moments. */
final class OperatorFaults {
    private OperatorFaults() {}

    static Optional<Trouble> pause(World world, Chance chance) {
        Optional<Map<String, Object>> config =
                world.storeView().cluster().config().map(DynamicConfigKey::values);
        if (config.isEmpty() || config.get().containsKey("pause")) {
            return Optional.empty();
        }
        Map<String, Object> paused = new TreeMap<>(config.get());
        paused.put("pause", true);
        world.configure(paused);
        Duration time =
                chance.between(Duration.ofSeconds(3), world.timing().ttl().multipliedBy(3));
        return Trouble.lasting("the cluster is paused", time, () -> resume(world));
    }

    private static void resume(World world) {
        world.storeView().cluster().config().map(DynamicConfigKey::values).ifPresent(config -> {
            Map<String, Object> resumed = new TreeMap<>(config);
            resumed.remove("pause");
            world.configure(resumed);
        });
    }
}
