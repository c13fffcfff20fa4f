package io.pgha.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryRemarksTest {
    private final QueryRemarks remarks = new QueryRemarks();

    @Test
    void aLagThatIsNoSizeIsToldOnce() {
        assertThat(remarks.remark(Query.parse("lag=16MB"))).isEmpty();
        assertThat(remarks.remark(Query.parse("tag_a=b"))).isEmpty();
        assertThat(remarks.remark(Query.parse("lag=banana")).orElseThrow()).contains("lag=banana", "no limit");
        assertThat(remarks.remark(Query.parse("lag=banana"))).isEmpty();
    }

    @Test
    void whoeverTriesManyDoesNotFillTheLog() {
        long told = 0;
        for (int i = 0; i < 100; i++) {
            told += remarks.remark(Query.parse("lag=x%0A" + i + "y".repeat(100))).stream()
                    .peek(text -> assertThat(text).hasSizeLessThan(150).doesNotContain("\n"))
                    .count();
        }
        assertThat(told).isEqualTo(5);
    }
}
