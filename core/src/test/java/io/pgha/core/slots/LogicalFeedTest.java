package io.pgha.core.slots;

import static io.pgha.core.slots.SlotCases.aStandby;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who passes on what others' logical slots need (facts §2.5). */
class LogicalFeedTest {
    private static boolean passes(SlotCases cluster) {
        return LogicalFeed.passes(cluster.view(), "a");
    }

    @Test
    void anUpstreamOfAMemberThatMayBePromoted() {
        assertThat(passes(aStandby())).isFalse();
        assertThat(passes(aStandby().member("c", Map.of("replicatefrom", "a")))).isTrue();
    }

    @Test
    void throughOthersToo() {
        assertThat(passes(aStandby()
                        .member("c", Map.of("replicatefrom", "a", "nofailover", true))
                        .member("d", Map.of("replicatefrom", "c"))))
                .isTrue();
    }

    @Test
    void notForThoseThatHaveNoSuchSlots() {
        assertThat(passes(aStandby().member("c", Map.of("replicatefrom", "a", "nofailover", true))))
                .isFalse();
        assertThat(passes(aStandby().member("c", Map.of("replicatefrom", "a", "nostream", true))))
                .isFalse();
        assertThat(passes(aStandby()
                        .member("c", Map.of("replicatefrom", "a", "nostream", true))
                        .member("d", Map.of("replicatefrom", "c"))))
                .isFalse();
    }
}
