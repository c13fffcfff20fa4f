package io.pgha.agent.loop;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Upstream;
import io.pgha.core.slots.SlotHorizon;
import io.pgha.core.slots.SlotPlanner;
import io.pgha.core.slots.SlotReadiness;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which logical slots of this standby could be used after a promotion, and which could not (facts §5.14, step 9). */
final class ReadinessWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ReadinessWatch.class);

    private final Surroundings world;
    /** What a leader said, and which one, on which timeline. */
    private record Answer(String from, SlotHorizon horizon) {}

    private final AtomicReference<@Nullable Answer> answered = new AtomicReference<>();
    private final Patience asking = new Patience();
    private SlotReadiness readiness = SlotReadiness.NONE;
    /** Logical slots that this standby should have and has not. */
    private List<String> lacking = List.of();

    ReadinessWatch(Surroundings world) {
        this.world = world;
    }

    /** Finds out which copies of logical slots a promotion could rely on. */
    void run(Situation situation, ServerStatus server, SlotPlanner planner) {
        lacking = planner.lacking();
        Set<String> known = readiness.names();
        String asked = situation.comparison();
        readiness = readiness.seeing(server).following(asked);
        Set<String> fresh = new TreeSet<>(readiness.names());
        fresh.removeAll(known);
        if (!fresh.isEmpty()) {
            LOG.info(
                    "Logical slots that are not safe yet to be used after a failover: {}. The leader has to keep what they"
                            + " need for this standby first",
                    String.join(", ", fresh));
        }
        Answer answer = answered.getAndSet(null);
        if (answer != null) {
            Set<String> before = readiness.names();
            readiness = readiness.hearing(answer.from(), answer.horizon(), server);
            before.stream()
                    .filter(name -> !readiness.names().contains(name))
                    .forEach(name -> LOG.info("The logical slot {} is safe to be used after a failover", name));
        }
        Optional<Upstream> leader = situation.leader().flatMap(Upstream::of);
        Set<String> unready = readiness.names();
        if (!unready.isEmpty()
                && leader.isPresent()
                && asking.isDue(situation, List.copyOf(unready), world.clock().now())) {
            world.jobs()
                    .background(
                            "slot readiness",
                            () -> world.postgres()
                                    .slotHorizon(leader.get(), unready)
                                    .ifPresent(horizon -> answered.set(new Answer(asked, horizon))));
        }
    }

    /** The names of the copies that are not safe yet. */
    Set<String> unsafe() {
        return readiness.names();
    }

    /** A promotion does not wait for slots (facts §5.14), but an operator has to know. */
    void promoted() {
        if (!readiness.names().isEmpty()) {
            LOG.warn(
                    "Promoted with logical slots that were not ready: {}. Their consumers may miss changes or fail:"
                            + " check them, or make the slots anew",
                    String.join(", ", readiness.names()));
            readiness = SlotReadiness.NONE;
        }
        if (!lacking.isEmpty()) {
            LOG.warn(
                    "Promoted without the logical slots {}: they are made anew, and their consumers miss what was written"
                            + " in between",
                    String.join(", ", lacking));
            lacking = List.of();
        }
    }
}
