package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PercentEncodingTest {
    @Test
    void aNameBecomesOneHarmlessFileName() {
        assertThat(PercentEncoding.ofName("pg-0.a_b")).isEqualTo("pg-0.a_b");
        assertThat(PercentEncoding.ofName("../../etc")).isEqualTo("%2E.%2F..%2Fetc");
        assertThat(PercentEncoding.ofName("a b%\n")).isEqualTo("a%20b%25%0A");
    }

    @Test
    void aPathKeepsItsSlashes() {
        assertThat(PercentEncoding.ofPath("/var/lib/post gres/ü")).isEqualTo("/var/lib/post%20gres/%C3%BC");
    }

    @Property
    void onlyHarmlessCharactersRemain(@ForAll String text) {
        assertThat(PercentEncoding.ofPath(text)).matches("[-_./A-Za-z0-9%]*");
    }
}
