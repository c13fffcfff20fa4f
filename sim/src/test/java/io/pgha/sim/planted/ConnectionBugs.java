package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.AGENT_FREEZE_LONG;
import static io.pgha.sim.fault.FaultFamily.ETCD_PARTITION;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Decision;
import io.pgha.dcs.DcsOutcome;
import io.pgha.dcs.kv.KvClient;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.agent.SimAgent;
import io.pgha.sim.planted.Interposed.Twist;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Mistakes below the port to the DCS: with the id of the lease. */
final class ConnectionBugs {
    private ConnectionBugs() {}

    static List<PlantedBug> all() {
        return List.of(new PlantedBug(
                "8: the id of a lease that was lost is used on",
                new Broken(() -> firstIdForEver(new AtomicLong())),
                List.of(ETCD_PARTITION, AGENT_FREEZE_LONG),
                1));
    }

    /** Asks for one lease in its life. */
    private static Twist firstIdForEver(AtomicLong known) {
        return call -> {
            if (!call.is("grantLease")) {
                return call.proceed();
            } else if (known.get() != 0) {
                return new DcsOutcome.Done<>(known.get());
            }
            Object answer = call.proceed();
            if (answer instanceof DcsOutcome.Done<?> done && done.value() instanceof Long id) {
                known.set(id);
            }
            return answer;
        };
    }

    /** The agent as it is shipped, with something between it and etcd. */
    private record Broken(Supplier<Twist> twist) implements AgentMaker {
        @Override
        public SimAgent make(Surroundings surroundings, Consumer<Decision> journal) {
            return RealAgent.standard(surroundings, journal);
        }

        @Override
        public KvClient connection(KvClient sound) {
            return Interposed.on(KvClient.class, sound, twist.get());
        }
    }
}
