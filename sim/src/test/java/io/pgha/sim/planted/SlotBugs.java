package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.ISOLATION;
import static io.pgha.sim.fault.FaultFamily.NODE_LOSS;

import io.pgha.core.model.HaSettings;
import java.time.Duration;
import java.util.List;

/** Mistakes with replication slots. */
final class SlotBugs {
    private SlotBugs() {}

    static List<PlantedBug> all() {
        return List.of(new PlantedBug(
                "21: the slot of a member that is only late is dropped",
                Sabotage.ports(s -> Sabotage.configuration(
                        s,
                        call -> call.is("settings")
                                ? ((HaSettings) call.proceed())
                                        .toBuilder()
                                                .memberSlotsTtl(Duration.ZERO)
                                                .build()
                                : call.proceed())),
                List.of(NODE_LOSS, ISOLATION),
                1));
    }
}
