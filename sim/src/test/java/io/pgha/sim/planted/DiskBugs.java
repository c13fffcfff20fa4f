package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.WAL_LOST;

import io.pgha.core.model.Divergence;
import io.pgha.sim.planted.Interposed.Call;
import java.util.List;
import java.util.Map;

/** Mistakes with WAL that was flushed and is gone. */
final class DiskBugs {
    private DiskBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                                "the holder of the lock is promoted after its machine died, whoever has more",
                                Sabotage.rules(Sabotage.without("LeaderMayLackWal")),
                                List.of(WAL_LOST),
                                1)
                        .in(Map.of("synchronous_mode", "on")),
                new PlantedBug(
                        "histories that parted under one number are left to pg_rewind",
                        Sabotage.ports(s -> Sabotage.postgres(s, DiskBugs::leftToRewind)),
                        List.of(WAL_LOST),
                        1));
    }

    private static Object leftToRewind(Call call) throws Throwable {
        Object answer = call.proceed();
        return answer instanceof Divergence.Hidden hidden ? new Divergence.Diverged(hidden.reason()) : answer;
    }
}
