package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.DynamicConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoubtfulSettingsTest {
    private static final Map<String, Object> FEED = Map.of("type", "logical", "database", "app", "plugin", "pgoutput");

    @Test
    void anUsualConfigurationAsksForNothingDoubtful() {
        assertThat(DoubtfulSettings.in(
                        new DynamicConfig(Map.of("ttl", 30, "synchronous_mode", "quorum", "failsafe_mode", true))))
                .isEmpty();
    }

    @Test
    void aLogicalSlotNeedsItsWalLevel() {
        assertThat(DoubtfulSettings.in(new DynamicConfig(Map.of("slots", Map.of("feed", FEED)))))
                .singleElement()
                .asString()
                .startsWith("the permanent logical slot feed needs postgresql.parameters.wal_level: logical");
        assertThat(DoubtfulSettings.in(new DynamicConfig(Map.of(
                        "slots",
                        Map.of("feed", FEED),
                        "postgresql",
                        Map.of("parameters", Map.of("wal_level", "logical"))))))
                .isEmpty();
    }
}
