package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.DynamicConfig;
import io.pgha.config.EffectiveConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogicalSlotNeedsTest {
    private static final Map<String, Object> LOGICAL =
            Map.of("slots", Map.of("feed", Map.of("type", "logical", "database", "app", "plugin", "pgoutput")));

    @TempDir
    private Path folder;

    private EffectiveConfig config(String tags, Map<String, Object> dynamic) {
        return EffectiveConfig.of(
                new TestConfig(folder).with("tags: {" + tags + "}").load(), new DynamicConfig(dynamic));
    }

    @Test
    void aNodeWithLogicalSlotsTellsThePrimaryWhatTheyNeed() {
        assertThat(LogicalSlotNeeds.ofCarrier(config("", LOGICAL))).containsEntry("hot_standby_feedback", "on");
    }

    @Test
    void othersAreLeftAsTheOperatorWroteThem() {
        assertThat(LogicalSlotNeeds.ofCarrier(config("", Map.of()))).isEmpty();
        assertThat(LogicalSlotNeeds.ofCarrier(config("", Map.of("slots", Map.of("x", Map.of("type", "physical"))))))
                .isEmpty();
        assertThat(LogicalSlotNeeds.ofCarrier(config("nofailover: true", LOGICAL)))
                .isEmpty();
        assertThat(LogicalSlotNeeds.ofCarrier(config("nostream: true", LOGICAL)))
                .isEmpty();
        assertThat(LogicalSlotNeeds.ofCarrier(config(
                        "",
                        Map.of(
                                "slots",
                                LOGICAL.get("slots"),
                                "standby_cluster",
                                Map.of("host", "10.0.0.9", "port", 5432)))))
                .isEmpty();
    }

    @Test
    void oneThatIsNeverPromotedPassesOnWhatThoseBehindItNeed() {
        assertThat(LogicalSlotNeeds.ofUpstream(config("nofailover: true", LOGICAL)))
                .containsEntry("hot_standby_feedback", "on");
        assertThat(LogicalSlotNeeds.ofUpstream(config("nofailover: true", Map.of())))
                .isEmpty();
    }
}
