package io.pgha.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.AckPosition;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Invariants S3 and S12 on a model of PostgreSQL: whatever happens between, and instead of, any two steps of a plan, no node
 * that could win an election misses a commit that was acknowledged; and when nothing happens any more, the cluster comes to
 * rest as the operator wants it.
 */
class SyncSafetyTest {
    enum Kind {
        STEP,
        COMMIT,
        CATCH_UP,
        CONNECT,
        DISCONNECT,
        INTERRUPT,
        FORGET,
        NODE_COUNT,
        SWITCH_MODE,
        SWITCH_STRICT,
        FAIL_OVER
    }

    record Happening(Kind kind, String node, int amount) {
        void in(SyncWorld world) {
            SyncSettings now = world.settings;
            switch (kind) {
                case STEP -> world.step();
                case COMMIT -> world.commit();
                case CATCH_UP -> world.catchUp(node, amount);
                case CONNECT -> world.connect(node);
                case DISCONNECT -> world.disconnect(node);
                case INTERRUPT -> world.interrupt();
                case FORGET -> world.forget();
                case NODE_COUNT -> world.settings = now.withNodeCount(amount);
                case SWITCH_MODE ->
                    world.settings = of(
                            now.mode() == SyncMode.QUORUM ? SyncMode.PRIORITY : SyncMode.QUORUM,
                            now.strict(),
                            now.nodeCount());
                case SWITCH_STRICT -> world.settings = of(now.mode(), !now.strict(), now.nodeCount());
                case FAIL_OVER -> failOver(world);
            }
        }

        private void failOver(SyncWorld world) {
            List<String> electable = world.electable();
            if (!electable.isEmpty()) {
                world.failOver(electable.get(amount % electable.size()));
            }
        }
    }

    @Property(tries = 3_000)
    void nobodyWhoMayWinMissesAnAcknowledgedCommit(
            @ForAll("settings") SyncSettings settings, @ForAll("happenings") List<Happening> happenings) {
        SyncWorld world = new SyncWorld(settings);
        for (Happening happening : happenings) {
            happening.in(world);
            assertSafe(world);
        }
        heal(world);
        assertAtRest(world);
    }

    @Provide
    Arbitrary<SyncSettings> settings() {
        return Combinators.combine(
                        Arbitraries.of(SyncMode.QUORUM, SyncMode.PRIORITY),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 3))
                .as(SyncSafetyTest::of);
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        Arbitrary<Kind> kinds = Arbitraries.of(Kind.values());
        Arbitrary<Kind> mostlySteps = Arbitraries.of(Kind.STEP, Kind.STEP, Kind.COMMIT, Kind.CATCH_UP, Kind.CONNECT);
        return Combinators.combine(
                        Arbitraries.oneOf(kinds, mostlySteps),
                        Arbitraries.of(SyncWorld.NODES),
                        Arbitraries.integers().between(1, 4))
                .as(Happening::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(200);
    }

    private static SyncSettings of(SyncMode mode, boolean strict, int nodeCount) {
        return new SyncSettings(mode, strict, nodeCount, -1, AckPosition.FLUSHED, SyncNames.OFF);
    }

    private static void assertSafe(SyncWorld world) {
        assertThat(world.electable())
                .as("may win: %s", world)
                .allSatisfy(node -> assertThat(world.position(node)).isGreaterThanOrEqualTo(world.acknowledged));
        SyncPromise.of(world.key)
                .filter(promise -> promise.quorum() != 0)
                .ifPresent(promise -> assertThat(promise.quorum())
                        .as("quorum: %s", world)
                        .isBetween(1, promise.voters().size() - 1));
    }

    /** Nothing more happens but that standbys catch up; a plan is made at most as often as a few cycles allow. */
    private static void heal(SyncWorld world) {
        world.interrupt();
        for (int plans = 0; ; plans++) {
            assertThat(plans).as("plans until rest: %s", world).isLessThan(6);
            world.catchUpAll();
            SyncPlan plan = world.plan();
            if (plan.isNothing()) {
                return;
            }
            for (SyncStep step : plan.steps()) {
                step.accept(world);
                assertSafe(world);
            }
        }
    }

    private static void assertAtRest(SyncWorld world) {
        SyncPicture picture = world.picture();
        SyncPromise promise = picture.promise().orElseThrow();
        int number = Math.min(world.settings.nodeCount(), picture.active().size());
        assertThat(promise.isBy(world.primary)).isTrue();
        assertThat(promise.isKeptBy(world.names, world.primary)).isTrue();
        if (number == 0) {
            assertThat(world.names.kind() == SyncNames.Kind.OFF)
                    .as("waits for nobody: %s", world)
                    .isEqualTo(!world.settings.strict());
            return;
        }
        assertThat(promise)
                .isEqualTo(new SyncPromise(world.primary, picture.active().size() - number, picture.active()));
        assertThat(world.names).isEqualTo(SyncNames.of(world.settings.mode().kind(), number, picture.active()));
    }
}
