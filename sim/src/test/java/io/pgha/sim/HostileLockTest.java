package io.pgha.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.action.Action;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hostile values of the two keys on which everything depends (reliability.md, class G). Nobody can go on as if the lock were
 * there, but two never write, no data is touched, and when the key is away again so is the trouble.
 */
@Tag("long")
class HostileLockTest {
    private static final String PREFIX = "/service/sim/";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static byte[] bytes(String value) {
        return switch (value) {
            case "no UTF-8" -> new byte[] {(byte) 0xff, (byte) 0xc0, 'n', '1', (byte) 0xed, (byte) 0xa0};
            case "large" -> "n1".repeat(500_000).getBytes(UTF_8);
            case "a terminal's" -> "\u001b[2J\u202e\u0000n1\r\n".getBytes(UTF_8);
            default -> value.getBytes(UTF_8);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "n9", "N1", "../members/n1", "no UTF-8", "large", "a terminal's", "{\"leader\":\"n1\"}"
            })
    void aLeaderKeyThatNobodyWroteNeverMakesTwoWriters(String value) {
        isOutlived("leader", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "7500000000000000099", "no UTF-8", "large", "a terminal's", "null"})
    void anInitializeKeyThatNobodyWroteCostsNoData(String value) {
        isOutlived("initialize", value);
    }

    /** Written without a lease, as by hand, or by a stranger under a lease that goes on. */
    private static void isOutlived(String key, String value) {
        try (SmallWorld small = new SmallWorld(RealAgent::standard)) {
            World world = small.world();
            String before = world.storeView().cluster().initialize().orElseThrow();
            world.store().put(PREFIX + key, bytes(value));
            for (int second = 0; second < 60; second++) {
                isHarmless(world, small.passes(SECOND), key + ": " + value);
            }
            if (key.equals("initialize")) {
                world.store().put(PREFIX + key, before);
            } else {
                world.store().delete(PREFIX + key);
            }
            for (int second = 0; second < 120; second++) {
                isHarmless(world, small.passes(SECOND), key + ": " + value + ", and away again");
            }
            assertThat(writers(world))
                    .as("who takes writes after " + key + ": " + value)
                    .isEqualTo(1);
            assertThat(world.nodes().stream().filter(node -> node.server().isStreaming()))
                    .as("who streams after " + key + ": " + value)
                    .hasSize(2);
        }
    }

    private static void isHarmless(World world, List<SmallWorld.Decided> decided, String what) {
        assertThat(writers(world)).as(what).isLessThanOrEqualTo(1);
        assertThat(decided)
                .as(what)
                .noneMatch(one -> one.decision().action() instanceof Action.SetAside
                        || one.decision().action() instanceof Action.Bootstrap
                        || one.decision().action() instanceof Action.CreateReplica);
    }

    private static long writers(World world) {
        return world.nodes().stream()
                .filter(node -> node.server().acceptsWrites())
                .count();
    }
}
