package io.pgha.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.PendingRestartReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RestartOrderTest {
    private static final ClusterView LED_BY_B = ClusterView.EMPTY.withLeader(new LeaderLock("b", 0, 0));

    @Test
    void whatIsRaisedComesToTheStandbysFirst() {
        assertThat(order("max_connections", "100", "120")).containsExactly("a", "c", "b");
    }

    @Test
    void whatIsLoweredComesToThePrimaryFirst() {
        assertThat(order("max_wal_senders", "10", "5")).containsExactly("b", "a", "c");
    }

    @Test
    void wordsHaveAnOrderToo() {
        assertThat(order("wal_level", "replica", "logical")).containsExactly("a", "c", "b");
        assertThat(order("wal_level", "logical", "replica")).containsExactly("b", "a", "c");
        assertThat(order("wal_level", "replica", "hot_standby")).containsExactly("a", "c", "b");
        assertThat(order("track_commit_timestamp", "off", "on")).containsExactly("a", "c", "b");
    }

    @Test
    void otherwiseTheLeaderComesLast() {
        assertThat(order("shared_buffers", "100", "120")).containsExactly("a", "c", "b");
        assertThat(order("max_connections", "100", "?")).containsExactly("a", "c", "b");
    }

    private static List<String> order(String parameter, String before, String after) {
        List<Member> members = Stream.of("a", "b", "c")
                .map(name -> Member.named(name).toBuilder()
                        .pendingRestart(true, Map.of(parameter, new PendingRestartReason(before, after)))
                        .build())
                .toList();
        return RestartOrder.of(members, LED_BY_B).stream().map(Member::name).toList();
    }
}
