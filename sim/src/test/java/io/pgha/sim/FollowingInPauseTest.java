package io.pgha.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.agent.port.Surroundings;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.planted.Interposed.Call;
import io.pgha.sim.planted.Sabotage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A standby that would have to be restarted to follow as it should, because of a parameter or of its version (facts §5.17):
 * in pause the whole agent leaves it as it is.
 */
class FollowingInPauseTest {
    private static final Duration A_WHILE = Duration.ofSeconds(40);

    /** Whose server says that it does not follow as it should; empty: nobody's. */
    private String wrong = "";
    /** Whether it says so before the Job, too, when it is asked what could be done without a restart. */
    private boolean undecided;

    private int followed;

    private AgentMaker agents() {
        return (surroundings, journal) ->
                RealAgent.standard(Sabotage.postgres(surroundings, call -> told(surroundings, call)), journal);
    }

    private Object told(Surroundings surroundings, Call call) throws Throwable {
        boolean mine = surroundings.configuration().settings().name().equals(wrong);
        if (mine && call.is("follows")) {
            return false;
        }
        if (mine && call.is("followsUnlessRestarted")) {
            boolean restartIsNeeded = !undecided;
            undecided = false;
            return restartIsNeeded;
        }
        if (mine && call.is("follow")) {
            followed++;
        }
        return call.proceed();
    }

    private static List<String> rules(List<SmallWorld.Decided> decided, String member) {
        return decided.stream()
                .filter(one -> one.member().equals(member))
                .map(one -> one.decision().rule())
                .toList();
    }

    @Test
    void whatTakesARestartWaitsForTheEndOfThePause() {
        try (SmallWorld world = new SmallWorld(agents())) {
            String standby = world.aStandby();
            world.pause();
            world.passes(A_WHILE);
            wrong = standby;
            assertThat(rules(world.passes(A_WHILE), standby))
                    .contains("FollowingInPause")
                    .doesNotContain("FollowNewUpstreamInPause");
            assertThat(followed).isZero();

            world.resume();
            assertThat(rules(world.passes(A_WHILE), standby)).contains("FollowNewUpstream");
            assertThat(followed).isPositive();
        }
    }

    /** Between the look and the Job it turned out that a reload is not enough. */
    @Test
    void soDoesAJobThatFindsThatOut() {
        try (SmallWorld world = new SmallWorld(agents())) {
            String standby = world.aStandby();
            world.pause();
            world.passes(A_WHILE);
            wrong = standby;
            undecided = true;
            assertThat(rules(world.passes(A_WHILE), standby)).containsOnlyOnce("FollowNewUpstreamInPause");
            assertThat(followed).isZero();
        }
    }

    @Test
    void whatTakesAReloadIsDone() {
        try (SmallWorld world = new SmallWorld((surroundings, journal) -> RealAgent.standard(
                Sabotage.postgres(
                        surroundings,
                        call -> call.is("followsUnlessRestarted")
                                        && surroundings
                                                .configuration()
                                                .settings()
                                                .name()
                                                .equals(wrong)
                                ? false
                                : told(surroundings, call)),
                journal))) {
            String standby = world.aStandby();
            world.pause();
            world.passes(A_WHILE);
            wrong = standby;
            assertThat(rules(world.passes(A_WHILE), standby)).contains("FollowNewUpstreamInPause");
            assertThat(followed).isPositive();
        }
    }
}
