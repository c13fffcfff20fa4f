package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.AGENT_CRASH;
import static io.pgha.sim.fault.FaultFamily.ETCD_PARTITION;
import static io.pgha.sim.fault.FaultFamily.ISOLATION;

import io.pgha.agent.port.Peers;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.sim.planted.Interposed.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mistakes in failsafe mode, which every other seed runs with. */
final class FailsafeBugs {
    private FailsafeBugs() {}

    static List<PlantedBug> all() {
        return List.of(new PlantedBug(
                "22: in failsafe mode the primary's own voice is enough",
                Sabotage.ports(s -> peers(s)),
                List.of(ISOLATION, ETCD_PARTITION, AGENT_CRASH),
                2));
    }

    private static Surroundings peers(Surroundings s) {
        return s.withPeers(
                Interposed.on(Peers.class, s.peers(), call -> call.is("failsafe") ? allAgree(call) : call.proceed()));
    }

    private static List<FailsafeAnswer> allAgree(Call call) {
        List<FailsafeAnswer> answers = new ArrayList<>();
        ((Map<?, ?>) call.args().get(1))
                .keySet()
                .forEach(name -> answers.add(FailsafeAnswer.accepted(String.valueOf(name), Optional.empty())));
        return answers;
    }
}
