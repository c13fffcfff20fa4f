package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.kernel.Carriers;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.Trace;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.Timing;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values that no sound peer writes, put under the prefix of a cluster at work (reliability.md, class G): they stop no agent,
 * promote and demote nobody, and touch no data.
 */
@Tag("long")
class HostileKeysTest {
    private static final String PREFIX = "/service/sim/";
    private static final Duration EACH = Duration.ofSeconds(25);

    private final List<String> done = new ArrayList<>();

    private static Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        values.put("empty", "");
        values.put("no JSON", "{\"ttl\":");
        values.put("scalar", "17");
        values.put("text", "\"FIRST 1 (x)\"");
        values.put("list", "[[1,2,3],[\"a\"],null]");
        values.put("null", "null");
        values.put(
                "wrong types",
                "{\"ttl\":[],\"loop_wait\":\"x\",\"optime\":\"far\",\"slots\":5,\"leader\":[],\"member\":{},\"sync_standby\":7,"
                        + "\"quorum\":\"all\",\"scheduled_at\":true,\"conn_url\":[],\"api_url\":1,\"state\":{},\"tags\":\"x\",\"timeline\":-1}");
        values.put("large", "{\"x\":\"" + "x".repeat(1_400_000) + "\"}");
        values.put("deep", "[".repeat(50_000));
        values.put("deep and whole", "{\"a\":".repeat(5000) + "1" + "}".repeat(5000));
        values.put("unknown fields", "{\"from\":\"the future\",\"version\":99}");
        values.put("duplicate keys", "{\"leader\":\"n1\",\"leader\":\"n9\",\"leader\":null}");
        values.put("control characters", "\u0000\u001b[2J\u202e\ud83d\ude00");
        values.put("hostile names", "{\"leader\":\"../../leader\",\"member\":\"n1\\n\",\"sync_standby\":\"*\"}");
        values.put("numbers", "{\"ttl\":1e999,\"optime\":99999999999999999999,\"quorum\":-1}");
        values.put("the past", "{\"leader\":\"n1\",\"member\":\"n2\",\"scheduled_at\":\"1999-01-01T00:00:00+00:00\"}");
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config",
                "status",
                "optime/leader",
                "history",
                "failover",
                "sync",
                "failsafe",
                "members/n9",
                "members/a/b",
                "members/",
                "pgha/timeline",
                "pgha/events/n1",
                "pgha/events/../leader",
                "nonsense"
            })
    void nobodyStopsAndNobodyIsPromoted(String key) {
        try (Carriers carriers = Carriers.open()) {
            Scheduler scheduler = new Scheduler(carriers);
            World world = new World(
                    scheduler,
                    new Trace(scheduler, line -> {}),
                    new Chance(11),
                    Shape.plain(3, Timing.seconds(20, 5, 5)),
                    noting());
            try {
                world.nodes().forEach(node -> node.startAgentIn(Duration.ofMillis(200)));
                Duration now = Duration.ofMinutes(3);
                scheduler.run(now);
                String leader = world.storeView().leader().orElseThrow();
                done.clear();
                for (Map.Entry<String, String> value : values().entrySet()) {
                    world.store().put(PREFIX + key, value.getValue());
                    now = now.plus(EACH);
                    scheduler.run(now);
                    assertThat(done).as(key + ": " + value.getKey()).isEmpty();
                    assertThat(world.storeView().leader())
                            .as(key + ": " + value.getKey())
                            .contains(leader);
                }
                world.store().delete(PREFIX + key);
                scheduler.run(now.plus(EACH));
                assertThat(done).as(key + ": missing").isEmpty();
            } finally {
                scheduler.end();
            }
        }
    }

    private AgentMaker noting() {
        return (surroundings, journal) -> RealAgent.standard(surroundings, decision -> {
            note(decision);
            journal.accept(decision);
        });
    }

    private void note(Decision decision) {
        Action action = decision.action();
        boolean harmless = action instanceof Action.Wait
                || action instanceof Action.RenewLock
                || action instanceof Action.AskPeers
                || action instanceof Action.CheckDivergence
                || action instanceof Action.ClearFailover
                || action instanceof Action.Follow
                // With the mode off it takes the key away again.
                || action instanceof Action.SynchronizeStandbys
                || action instanceof Action.WriteInitialize;
        if (!harmless) {
            done.add(decision.rule() + ": " + decision.reason());
        }
    }
}
