package io.pgha.core.sync;

import static io.pgha.core.sync.QuorumStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.NameSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuorumResolverTest {
    /** Transitions as text: "q/V" writes the key, "k of S" sets the names, "again" is a restart. */
    @DisplayName("the table of facts §5.16, worked out by hand")
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                // what it shows                      | L | q | V     | k | S       | c | A     | W | transitions
                "first standbys are listed, then asked | m | 0 | ``    | 0 | ``      | 0 | a,b   | 1 | 1 of a,b; again",
                "a confirmed standby makes them voters | m | 0 | ``    | 1 | a,b     | 1 | a,b   | 1 | 1/a,b",
                "both confirmed, both required         | m | 0 | ``    | 2 | a,b     | 2 | a,b   | 2 | 0/a,b",
                "one of two required is confirmed      | m | 0 | ``    | 2 | a,b     | 1 | a,b   | 2 | 1/a,b",
                "the second one follows                | m | 1 | a,b   | 2 | a,b     | 2 | a,b   | 2 | 0/a,b",
                "a third joins: key first              | m | 1 | a,b   | 1 | a,b     | 2 | a,b,c | 1 | 2/a,b,c; 1 of a,b,c",
                "two join: key first                   | m | 0 | a     | 1 | a       | 1 | a,b,c | 1 | 2/a,b,c; 1 of a,b,c",
                "one joins to be required: names first | m | 0 | a     | 1 | a       | 2 | a,b   | 2 | 2 of a,b; 0/a,b",
                "one of three leaves: names first      | m | 2 | a,b,c | 1 | a,b,c   | 2 | a,b   | 1 | 1 of a,b; 1/a,b",
                "one of two required leaves: key first | m | 0 | a,b   | 2 | a,b     | 1 | a     | 2 | 0/a; 1 of a",
                "all leave                             | m | 1 | a,b   | 1 | a,b     | 0 | ``    | 1 | 0/; 0 of",
                "more shall acknowledge: names first   | m | 2 | a,b,c | 1 | a,b,c   | 3 | a,b,c | 2 | 2 of a,b,c; 1/a,b,c",
                "fewer shall acknowledge: key first    | m | 1 | a,b,c | 2 | a,b,c   | 3 | a,b,c | 1 | 2/a,b,c; 1 of a,b,c",
                "one goes, one comes                   | m | 1 | a,b   | 1 | a,b     | 1 | a,c   | 1 | 1 of a; 1/a,c; 1 of a,c",
                "the former leader becomes a voter     | a | 1 | m,b   | 1 | b       | 0 | a,b   | 1 | 1/a,b; 1 of a,b",
                "nobody has reconnected: one more loop | a | 1 | m,b   | 0 | ``      | 0 | ``    | 1 | 1 of a,b; 1/a,b",
                "the former leader stays away          | a | 1 | m,b   | 1 | b       | 0 | b     | 1 | 0/b",
                "all is as it should be                | m | 1 | a,b   | 1 | a,b     | 2 | a,b   | 1 | ``",
                "unconfirmed, as it is                 | m | 1 | a,b   | 1 | a,b     | 0 | a,b   | 1 | ``",
                "interrupted after the key grew        | m | 2 | a,b,c | 1 | a,b     | 2 | a,b,c | 1 | 1 of a,b,c",
                "interrupted after the names grew      | m | 0 | a     | 2 | a,b     | 2 | a,b   | 2 | 0/a,b",
                "interrupted after the names shrank    | m | 2 | a,b,c | 1 | a,b     | 2 | a,b   | 1 | 1/a,b",
                "the key promises too much             | m | 0 | a,b   | 1 | a,b     | 2 | a,b   | 1 | 1/a,b",
                "other case of letters, the same names | M | 1 | A,b   | 1 | a,B     | 2 | a,b   | 1 | ``",
            })
    void theTable(
            String claim, String l, int q, String v, int k, String s, int c, String a, int w, String transitions) {
        QuorumTransition.Pass pass = QuorumResolver.resolve(state(l, q, v, k, s, c, a, w));
        assertThat(pass.aborted()).as(claim).isEmpty();
        assertThat(text(pass)).as(claim).isEqualTo(transitions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                // L | q | V   | k | S   | A
                "a | 7 | b     | 0 | ``  | b",
                "a | -1 | b    | 0 | ``  | b",
                "a | 5 | m,b,c | 0 | ``  | b,c",
            })
    void nonsenseUnderAnotherLeaderIsGivenUpWithoutATransition(String l, int q, String v, int k, String s, String a) {
        QuorumTransition.Pass pass = QuorumResolver.resolve(state(l, q, v, k, s, 0, a, 1));
        assertThat(pass.aborted()).isPresent();
        assertThat(pass.transitions()).isEmpty();
    }

    @Property(tries = 20_000)
    void everyTransitionKeepsTheInvariantsAndHasPossibleNumbers(@ForAll("any") QuorumState start) {
        SyncPromise promise = start.promise();
        int number = start.number();
        NameSet listed = start.listed();
        for (QuorumTransition transition : QuorumResolver.resolve(start).transitions()) {
            if (transition instanceof QuorumTransition.Promise wanted) {
                promise = wanted.promise();
                assertThat(promise.quorum()).isNotNegative();
                assertThat(promise.voters().isEmpty() && promise.quorum() > 0).isFalse();
            } else if (transition instanceof QuorumTransition.Keep wanted) {
                number = wanted.number();
                listed = wanted.names();
                assertThat(number).isBetween(listed.isEmpty() ? 0 : 1, listed.size());
            }
            assertThat(promise.isKept(number, listed, start.me()))
                    .as("%s after %s of %s", promise, number, listed)
                    .isTrue();
        }
    }

    @Property(tries = 5_000)
    void noTransitionIsRepeatedAndNothingFollowsARestart(@ForAll("any") QuorumState start) {
        List<QuorumTransition> transitions = QuorumResolver.resolve(start).transitions();
        for (int i = 1; i < transitions.size(); i++) {
            assertThat(transitions.get(i).getClass())
                    .isNotEqualTo(transitions.get(i - 1).getClass());
            assertThat(transitions.get(i - 1)).isNotInstanceOf(QuorumTransition.Restart.class);
        }
    }

    @Property(tries = 5_000)
    void whenStandbysChangeItComesToRestHoweverOftenInterrupted(
            @ForAll("replicas") NameSet before,
            @ForAll("replicas") NameSet active,
            @ForAll @IntRange(min = 1, max = 4) int wanted,
            @ForAll Random random) {
        comesToRest(changed(QuorumStates.settled(before, wanted), active, wanted), random);
    }

    @Property(tries = 5_000)
    void whenTheNumberChangesItComesToRestHoweverOftenInterrupted(
            @ForAll("replicas") NameSet active,
            @ForAll @IntRange(min = 1, max = 4) int before,
            @ForAll @IntRange(min = 1, max = 4) int wanted,
            @ForAll Random random) {
        comesToRest(changed(QuorumStates.settled(active, before), active, wanted), random);
    }

    private static void comesToRest(QuorumState start, Random random) {
        QuorumState now = start;
        for (int interruptions = random.nextInt(4); interruptions > 0; interruptions--) {
            List<QuorumTransition> transitions = transitionsFrom(now);
            now = after(now, transitions.subList(0, random.nextInt(transitions.size() + 1)));
        }
        int passes = 0;
        for (List<QuorumTransition> left = transitionsFrom(now); !left.isEmpty(); left = transitionsFrom(now)) {
            now = after(now, left);
            passes++;
            assertThat(passes).as("passes until rest").isLessThanOrEqualTo(3);
        }
        QuorumState rest = QuorumStates.settled(now.active(), now.wantedNumber());
        assertThat(now.promise()).isEqualTo(rest.promise());
        assertThat(now.listed()).isEqualTo(rest.listed());
        assertThat(now.number()).isEqualTo(rest.number());
    }

    @Provide
    Arbitrary<QuorumState> any() {
        return QuorumStates.any();
    }

    @Provide
    Arbitrary<NameSet> replicas() {
        return QuorumStates.replicas();
    }

    private static List<QuorumTransition> transitionsFrom(QuorumState state) {
        QuorumTransition.Pass pass = QuorumResolver.resolve(state);
        assertThat(pass.aborted()).as("%s", state).isEmpty();
        return pass.transitions();
    }

    private static QuorumState changed(QuorumState state, NameSet active, int wanted) {
        return new QuorumState(
                state.leader(),
                state.quorum(),
                state.voters(),
                state.number(),
                state.listed(),
                state.listed().and(active).size(),
                active,
                wanted,
                state.me());
    }

    /** The state after these transitions, once every active standby has caught up. */
    private static QuorumState after(QuorumState state, List<QuorumTransition> transitions) {
        SyncPromise promise = state.promise();
        int number = state.number();
        NameSet listed = state.listed();
        for (QuorumTransition transition : transitions) {
            if (transition instanceof QuorumTransition.Promise wanted) {
                promise = wanted.promise();
            } else if (transition instanceof QuorumTransition.Keep wanted) {
                number = wanted.number();
                listed = wanted.names();
            }
        }
        return changed(
                new QuorumState(
                        promise.leader(),
                        promise.quorum(),
                        promise.voters(),
                        number,
                        listed,
                        0,
                        state.active(),
                        state.wantedNumber(),
                        state.me()),
                state.active(),
                state.wantedNumber());
    }

    private static String text(QuorumTransition.Pass pass) {
        List<String> texts = new ArrayList<>();
        for (QuorumTransition transition : pass.transitions()) {
            if (transition instanceof QuorumTransition.Promise wanted) {
                assertThat(wanted.promise().isBy("m")).isTrue();
                texts.add(wanted.promise().quorum() + "/" + wanted.promise().voters());
            } else if (transition instanceof QuorumTransition.Keep wanted) {
                texts.add((wanted.number() + " of " + wanted.names()).trim());
            } else {
                texts.add("again");
            }
        }
        return String.join("; ", texts);
    }
}
