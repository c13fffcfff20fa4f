package io.pgha.core.sync;

import static io.pgha.core.sync.QuorumStates.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.AckPosition;
import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.SyncState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Plans as text: {@code key me 0/a} writes the key, {@code names …} sets synchronous_standby_names, {@code look} observes
 * again, {@code key-} deletes the key, {@code own} gives the names back to the operator.
 */
class SyncPlannerTest {
    private static final String PLACEHOLDER = SyncNames.PLACEHOLDER;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what it shows                   | key        | names      | picked | confirmed | plan
                "no key yet                        | ``         | ``         | a      | ``        | key me 0/; names a; look",
                "a standby is confirmed            | me 0/      | a          | a      | a         | key me 0/a",
                "all is as it should be            | me 0/a     | a          | a      | a         | ``",
                "another primary's key             | b 0/me     | ``         | b      | ``        | key me 0/; names b; look",
                "waiting for it to catch up        | me 0/      | a          | a      | ``        | look",
                "a second one joins                | me 0/a     | a          | a,b    | a         | names 2 (a,b); look",
                "the second one is confirmed       | me 0/a     | 2 (a,b)    | a,b    | a,b       | key me 0/a,b",
                "one of two goes: key first        | me 0/a,b   | 2 (a,b)    | a      | a         | key me 0/a; names a",
                "one takes another's place         | me 0/a     | a          | b      | ``        | key me 0/; names b; look",
                "it lost its connection and is back | me 0/a    | a          | a      | ``        | key me 0/; look",
                "nobody is left                    | me 0/a     | a          | ``     | ``        | key me 0/; names none",
                "nobody is left in the key either  | me 0/      | a          | ``     | ``        | names none",
                "nobody, as before                 | me 0/      | ``         | ``     | ``        | ``",
                "from quorum mode: syntax and proof | me 1/a,b  | ANY 1 (a,b) | a     | ``        | key me 0/; names a; look",
                "a quorum left over in the key     | me 1/a,b   | 2 (a,b)    | a,b    | a,b       | key me 0/a,b",
                "only the syntax is wrong          | me 0/a     | ANY 1 (a)  | a      | a         | names a",
                "strict was switched off           | me 0/      | PLACEHOLDER | ``  | ``        | names none",
            })
    void priorityMode(String claim, String key, String names, String picked, String confirmed, String plan) {
        SyncSettings settings = SyncSettings.defaults(SyncMode.PRIORITY).withNodeCount(2);
        assertThat(plan(settings, key, names, picked, confirmed)).as(claim).isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "voters stay when all standbys go  | PRIORITY | me 0/a     | a           | ``",
                "names as the voters need them     | PRIORITY | me 0/a     | 2 (a,b)     | names a",
                "nobody at all                     | PRIORITY | me 0/      | ``          | names PLACEHOLDER",
                "nobody, as before                 | PRIORITY | me 0/      | PLACEHOLDER | ``",
                "Patroni 4.1.4 wrote a wildcard    | PRIORITY | me 0/      | *           | names PLACEHOLDER",
                "somebody emptied the names        | PRIORITY | me 0/a     | ``          | key me 0/; names PLACEHOLDER",
                "a new primary claims the key      | PRIORITY | b 0/me     | ``          | key me 0/; names PLACEHOLDER",
                "quorum: voters stay               | QUORUM   | me 1/a,b   | ANY 1 (a,b) | ``",
                "quorum: no more than they need    | QUORUM   | me 2/a,b,c | ANY 2 (a,b,c) | names ANY 1 (a,b,c)",
                "quorum: somebody emptied the names | QUORUM  | me 1/a,b   | ``          | key me 0/; names ANY 1 (PLACEHOLDER)",
                "quorum: nobody at all             | QUORUM   | me 0/      | ``          | names ANY 1 (PLACEHOLDER)",
            })
    void strictModeWithoutAStandbyWaits(String claim, SyncMode mode, String key, String names, String plan) {
        SyncSettings settings = SyncSettings.defaults(mode).asStrict();
        assertThat(plan(settings, key, names, "", "")).as(claim).isEqualTo(plan);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no key yet                         | ``         | ``            | a,b   | ``    | key me 0/; names ANY 1 (a,b); look",
                "one is confirmed                   | me 0/      | ANY 1 (a,b)   | a,b   | a     | key me 1/a,b",
                "all is as it should be             | me 1/a,b   | ANY 1 (a,b)   | a,b   | a,b   | ``",
                "from priority mode: only syntax    | me 0/a     | a             | a     | ``    | names ANY 1 (a)",
                "one joins: key first               | me 1/a,b   | ANY 1 (a,b)   | a,b,c | a,b   | key me 2/a,b,c; names ANY 1 (a,b,c)",
                "one goes: it may hold a commit alone | me 2/a,b,c | ANY 1 (a,b,c) | a,b | a,b   | names ANY 1 (a,b); look",
                "… until another has caught up      | me 2/a,b,c | ANY 1 (a,b)   | a,b   | ``    | look",
                "… then it leaves the key           | me 2/a,b,c | ANY 1 (a,b)   | a,b   | b     | key me 1/a,b",
                "all go                             | me 1/a,b   | ANY 1 (a,b)   | ``    | ``    | key me 0/; names none",
                "nobody, but names are left         | me 0/      | PLACEHOLDER   | ``    | ``    | names none",
                "just promoted: b has all of its own | b 2/me,a,c | ANY 1 (a,c)   | a,c   | ``    | key me 2/a,b,c; look",
                "just promoted, one has caught up   | b 2/me,a,c | ANY 1 (a,c)   | a,c   | a     | key me 1/a,c",
                "just promoted, two acknowledged    | b 1/me,a,c | ANY 1 (a,c)   | a,c   | ``    | key me 1/a,c",
                "just promoted without names        | b 2/me,a,c | ``            | a,c   | ``    | key me 0/; names ANY 1 (a,c); look",
                "just promoted, nobody back yet     | b 2/me,a,c | ANY 1 (a,c)   | ``    | ``    | key me 2/a,b,c",
                "the key promises too much          | me 0/a,b   | ANY 1 (a,b)   | a,b   | a,b   | key me 1/a,b",
                "… and proves nothing of the past     | me 0/a,b   | ANY 1 (a,b)   | a,b   | ``    | key me 0/; look",
                "a stranger wrote the key           | me 9/a     | ANY 1 (b)     | b     | b     | key me 0/b",
                "a stranger wrote a negative number | me -3/a,b  | ANY 1 (a,b)   | a,b   | a     | key me 1/a,b",
            })
    void quorumMode(String claim, String key, String names, String active, String confirmed, String plan) {
        String written = plan(SyncSettings.defaults(SyncMode.QUORUM), key, names, active, confirmed);
        assertThat(written).as(claim).isEqualTo(plan);
    }

    @Test
    void whenTheModeIsOffTheKeyGoesBeforeTheNames() {
        SyncSettings off = SyncSettings.defaults(SyncMode.OFF);
        assertThat(plan(off, "me 0/a", "a", "", "")).isEqualTo("key-; own");
        assertThat(plan(off, "me 0/a", "", "", "")).isEqualTo("key-");
        assertThat(plan(off, "", "", "", "")).isEmpty();
        SyncNames own = SyncNames.allOf(NameSet.of("x"));
        SyncSettings withOwn = new SyncSettings(SyncMode.OFF, false, 1, -1, AckPosition.FLUSHED, own);
        assertThat(plan(withOwn, "", "x", "", "")).isEmpty();
        assertThat(plan(withOwn, "", "a", "", "")).isEqualTo("own");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "priority                        | PRIORITY | false | b 0/me,a   | names none; key me 0/",
                "priority, strict                | PRIORITY | true  | b 0/me,a,c | names 2 (a,c); key me 0/a,c",
                "priority, strict, only me       | PRIORITY | true  | b 0/me     | names PLACEHOLDER; key me 0/",
                "priority, strict, no key        | PRIORITY | true  | ``         | names PLACEHOLDER; key me 0/",
                "priority, strict, quorum before | PRIORITY | true  | b 1/me,a,c | names 2 (a,c); key me 0/",
                "priority, I led before          | PRIORITY | true  | me 0/a     | names a; key me 0/a",
                "quorum                          | QUORUM   | false | b 1/me,a,c | names ANY 1 (a,c); key me 1/a,c",
                "quorum, more acknowledge        | QUORUM   | false | b 1/me,a,c,d | names ANY 2 (a,c,d); key me 1/a,c,d",
                "quorum, never without one       | QUORUM   | false | b 2/me,a,c | names ANY 1 (a,c); key me 0/",
                "quorum, I was no voter          | QUORUM   | false | b 1/a,c,d  | names ANY 2 (a,c,d); key me 1/a,c,d",
                "quorum, only me                 | QUORUM   | false | b 0/me     | names none; key me 0/",
                "quorum, strict, only me         | QUORUM   | true  | b 0/me     | names ANY 1 (PLACEHOLDER); key me 0/",
                "quorum, nonsense in the key     | QUORUM   | false | b 99/me,a  | names ANY 1 (a); key me 0/",
                "quorum, a negative number       | QUORUM   | false | b -9/me,a,c | names ANY 2 (a,c); key me 0/a,c",
                "off                             | OFF      | false | b 0/me     | ``",
            })
    void beforeAPromotion(String claim, SyncMode mode, boolean strict, String key, String plan) {
        SyncSettings settings = SyncSettings.defaults(mode);
        SyncPlan written = Prepromotion.plan("me", strict ? settings.asStrict() : settings, key(key));
        assertThat(text(written)).as(claim).isEqualTo(plan);
    }

    private static String plan(SyncSettings settings, String key, String names, String active, String confirmed) {
        SyncNames inForce =
                SyncNames.parse(names.replace("PLACEHOLDER", PLACEHOLDER)).orElseThrow();
        return text(
                SyncPlanner.plan(new SyncPicture("me", settings, key(key), inForce, names(active), names(confirmed))));
    }

    /** {@code leader quorum/voters}; empty for no key. */
    private static Optional<SyncState> key(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String leader = text.substring(0, text.indexOf(' '));
        String quorum = text.substring(text.indexOf(' ') + 1, text.indexOf('/'));
        List<String> voters = names(text.substring(text.indexOf('/') + 1)).sorted();
        return Optional.of(new SyncState(Optional.of(leader), Integer.parseInt(quorum), voters, 7));
    }

    private static String text(SyncPlan plan) {
        return plan.steps().stream()
                .map(step -> step.accept(new InWords()))
                .collect(Collectors.joining("; "))
                .replace(PLACEHOLDER, "PLACEHOLDER");
    }

    private static final class InWords implements SyncStep.Handler<String> {
        @Override
        public String writeSyncKey(SyncStep.WriteSyncKey step) {
            SyncPromise promise = step.promise();
            return "key " + promise.leader() + " " + promise.quorum() + "/" + promise.voters();
        }

        @Override
        public String deleteSyncKey(SyncStep.DeleteSyncKey step) {
            return "key-";
        }

        @Override
        public String setNames(SyncStep.SetNames step) {
            return "names " + step.names();
        }

        @Override
        public String restoreOwnNames(SyncStep.RestoreOwnNames step) {
            return "own";
        }

        @Override
        public String reevaluate(SyncStep.Reevaluate step) {
            return "look";
        }
    }
}
