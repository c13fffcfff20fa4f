package io.pgha.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whom a leader names in the key {@code failsafe} (facts §1.11). */
class FailsafeKeyTest {
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final MonotonicTime BACK = new MonotonicTime(1_000_000_000_000L);
    private static final Map<String, String> ALL = Map.of("a", "http://a", "b", "http://b", "c", "http://c");

    @Test
    void membersWhoseKeysRanOutInAnOutageStayNamedForOneTtl() {
        ClusterView alone = view(ALL, "a");
        FailsafeKey key = FailsafeKey.UNWATCHED.seen(alone, TTL, BACK);
        assertThat(key.names(alone, "a", "http://a")).isEqualTo(ALL);
        key = key.seen(alone, TTL, BACK.plus(TTL.minusMillis(1)));
        assertThat(key.names(alone, "a", "http://a")).isEqualTo(ALL);
        key = key.seen(alone, TTL, BACK.plus(TTL));
        assertThat(key.names(alone, "a", "http://a")).containsOnlyKeys("a");
    }

    @Test
    void aMemberThatCameBackHasItsWholeTimeAgain() {
        FailsafeKey key = FailsafeKey.UNWATCHED
                .seen(view(ALL, "a", "b"), TTL, BACK)
                .seen(view(ALL, "a", "b", "c"), TTL, BACK.plus(TTL.dividedBy(2)))
                .seen(view(ALL, "a", "b"), TTL, BACK.plus(TTL));
        assertThat(key.names(view(ALL, "a", "b"), "a", "http://a")).isEqualTo(ALL);
    }

    @Test
    void theAddressesAreThoseThatMembersShowNow() {
        ClusterView moved = view(Map.of("b", "http://old"), "a", "b");
        assertThat(FailsafeKey.UNWATCHED.seen(moved, TTL, BACK).names(moved, "a", "http://a"))
                .isEqualTo(Map.of("a", "http://a", "b", "http://b"));
    }

    private static ClusterView view(Map<String, String> failsafe, String... members) {
        ClusterView empty = ClusterView.EMPTY;
        TreeMap<String, Member> present = new TreeMap<>();
        for (String name : members) {
            present.put(name, new MemberBuilder(name).apiUrl("http://" + name).build());
        }
        return new ClusterView(
                1,
                empty.initialize(),
                0,
                empty.config(),
                empty.leader(),
                present,
                empty.status(),
                empty.failover(),
                empty.sync(),
                empty.history(),
                failsafe);
    }
}
