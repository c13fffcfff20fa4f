package io.pgha.ctl.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterView;
import io.pgha.ctl.Sample;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables, byte for byte as Patroni's own tool printed them at ten moments. */
class SamplesTest {
    static Stream<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void membersAreListedAsRecorded(Sample sample) {
        expect(sample, "list", Format.PRETTY, false);
        expect(sample, "list -e", Format.PRETTY, true);
        expect(sample, "list -f json", Format.JSON, false);
        expect(sample, "list -f tsv", Format.TSV, false);
        expect(sample, "list -f yaml", Format.YAML, false);
        expect(sample, "topology", Format.TOPOLOGY, false);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anUnknownClusterIsAnEmptyTable(Sample sample) {
        assertThat(MemberTable.render("nosuch", sample.cluster("nosuch"), options(Format.PRETTY, false)))
                .isEqualTo(sample.output("list nosuch"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theHistoryIsShownAsRecorded(Sample sample) {
        assertThat(HistoryTable.render(sample.cluster("demo"), Format.PRETTY)).isEqualTo(sample.output("history"));
        assertThat(HistoryTable.render(sample.cluster("demo"), Format.JSON))
                .isEqualTo(sample.output("history -f json"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theConfigurationIsShownAsRecorded(Sample sample) {
        ClusterView view = sample.cluster("demo");
        assertThat(YamlText.block(view.config().orElseThrow().values()) + "\n").isEqualTo(sample.output("show-config"));
    }

    private static void expect(Sample sample, String command, Format format, boolean extended) {
        String ours = MemberTable.render("demo", sample.cluster("demo"), options(format, extended));
        assertThat(Sample.steady(ours)).as(command).isEqualTo(sample.output(command));
    }

    private static MemberTable.Options options(Format format, boolean extended) {
        return new MemberTable.Options(format, extended, Map.of(), Map.of());
    }
}
