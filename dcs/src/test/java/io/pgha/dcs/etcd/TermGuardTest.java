package io.pgha.dcs.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.api.ResponseHeader;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Answers of members that are behind, and of an etcd that began anew. */
class TermGuardTest {
    private static final Duration TTL = Duration.ofSeconds(30);
    private static final MonotonicTime BEGIN = new MonotonicTime(5_000_000_000L);

    private final TermGuard guard = new TermGuard();

    private boolean accepts(long cluster, long term, int seconds) {
        ResponseHeader header = ResponseHeader.newBuilder()
                .setClusterId(cluster)
                .setRaftTerm(term)
                .build();
        return guard.accepts(header, BEGIN.plus(Duration.ofSeconds(seconds)), TTL);
    }

    @Test
    void aMemberThatIsBehindIsNotBelieved() {
        assertThat(accepts(1, 7, 0)).isTrue();
        assertThat(accepts(1, 6, 10)).isFalse();
        assertThat(accepts(1, 7, 20)).isTrue();
        assertThat(accepts(1, 6, 49)).isFalse();
        assertThat(accepts(1, 8, 50)).isTrue();
    }

    /** Restored from a snapshot under the same cluster id: its terms begin anew, and the agents need no restart. */
    @Test
    void anEtcdThatBeganAnewIsBelievedAfterATtl() {
        assertThat(accepts(1, 7, 0)).isTrue();
        assertThat(accepts(1, 2, 29)).isFalse();
        assertThat(accepts(1, 2, 30)).isTrue();
        assertThat(accepts(1, 2, 31)).isTrue();
    }

    @Test
    void anotherClusterIsBelievedAtOnce() {
        assertThat(accepts(1, 7, 0)).isTrue();
        assertThat(accepts(2, 1, 1)).isTrue();
    }
}
