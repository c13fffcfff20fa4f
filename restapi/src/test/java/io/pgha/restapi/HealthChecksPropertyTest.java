package io.pgha.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class HealthChecksPropertyTest {
    private static final Sample SAMPLE = Sample.read("01-three-nodes-streaming", "pg1");
    private static final NodeSnapshot REPLICA =
            SampleNode.of(SAMPLE, SAMPLE.exchange("GET", "/patroni").json());

    @Property(tries = 2000)
    void everyPathAndQueryGetsAnAnswer(@ForAll String path, @ForAll String query) {
        assertThat(HealthChecks.status(path, query, REPLICA, SampleNode.NOW)).isIn(200, 503);
    }
}
