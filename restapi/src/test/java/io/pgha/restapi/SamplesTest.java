package io.pgha.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a real Patroni node answered at ten moments, a pgha node in its place answers the same. */
class SamplesTest {
    private static final Set<String> NOT_A_STATUS =
            Set.of("/cluster", "/history", "/config", "/metrics", "/failsafe", "/liveness", "/readiness");

    static Stream<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyHealthCheckHasTheRecordedStatus(Sample sample) {
        NodeSnapshot node = node(sample);
        for (Sample.Exchange exchange : sample.exchanges()) {
            boolean dedicated =
                    NOT_A_STATUS.contains(exchange.path()) || exchange.path().equals("/patroni");
            if (exchange.method().equals("GET") && dedicated) {
                continue;
            }
            assertThat(HealthChecks.status(exchange.path(), exchange.query().orElse(null), node, SampleNode.NOW))
                    .as("%s: %s %s", sample, exchange.method(), exchange.target())
                    .isEqualTo(exchange.status());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyStatusBodyIsTheRecordedOnePlusOurs(Sample sample) {
        for (Sample.Exchange exchange : sample.exchanges()) {
            if (!exchange.method().equals("GET") || NOT_A_STATUS.contains(exchange.path())) {
                continue;
            }
            JsonNode recorded = exchange.json();
            ObjectNode ours = (ObjectNode) tree(StatusBody.of(SampleNode.of(sample, recorded), SampleNode.NOW));
            assertThat(ours.remove("pgha")).isNotNull();
            // Not only equal: in the same order, too.
            assertThat(ours.toString()).as("%s: %s", sample, exchange.target()).isEqualTo(recorded.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theClusterIsShownAsRecorded(Sample sample) {
        JsonNode recorded = sample.exchange("GET", "/cluster").json();
        JsonNode ours = tree(ClusterBody.of("demo", sample.cluster()));
        assertThat(withoutPositions(ours)).isEqualTo(withoutPositions(recorded));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theHistoryIsShownAsRecorded(Sample sample) {
        JsonNode ours = tree(ClusterBody.history(sample.cluster()));
        assertThat(ours).isEqualTo(sample.exchange("GET", "/history").json());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theProbesHaveTheRecordedStatus(Sample sample) {
        NodeSnapshot node = node(sample);
        for (Sample.Exchange exchange : sample.exchanges()) {
            if (exchange.path().equals("/readiness")) {
                Query query = Query.parse(exchange.query().orElse(null));
                assertThat(Probes.readiness(query, node, SampleNode.NOW)).isEqualTo(exchange.status());
            } else if (exchange.path().equals("/liveness")) {
                assertThat(Probes.liveness(node, SampleNode.NOW)).isEqualTo(exchange.status());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theMetricsBeginWithTheRecordedOnes(Sample sample) {
        List<String> recorded = steady(sample.exchange("GET", "/metrics").body());
        List<String> ours = steady(MetricsText.of(node(sample), SampleNode.NOW));
        assertThat(ours.subList(0, recorded.size())).isEqualTo(recorded);
        assertThat(ours.subList(recorded.size(), ours.size())).allMatch(line -> line.contains("pgha_"));
    }

    private static NodeSnapshot node(Sample sample) {
        return SampleNode.of(sample, sample.exchange("GET", "/patroni").json());
    }

    /** Without the values that moved between two requests of the recording. */
    private static List<String> steady(String metrics) {
        return metrics.lines()
                .map(line -> line.matches("patroni_(dcs_last_seen|xlog_\\w*location)\\{.*")
                        ? line.substring(0, line.indexOf(' '))
                        : line)
                .toList();
    }

    private static JsonNode withoutPositions(JsonNode cluster) {
        cluster.get("members").forEach(member -> {
            for (String field : List.of("lsn", "receive_lsn", "replay_lsn")) {
                if (member.has(field)) {
                    assertThat(member.get(field).asText()).matches("\\p{XDigit}+/\\p{XDigit}+");
                    ((ObjectNode) member).put(field, "");
                }
            }
        });
        return cluster;
    }

    /** Written and read again: what a client sees. */
    private static JsonNode tree(Object body) {
        return Sample.json(Sample.JSON.valueToTree(body).toString());
    }
}
