package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.DynamicConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnsupportedSettingsTest {
    @Test
    void anUsualConfigurationAsksForNothingUnsupported() {
        assertThat(UnsupportedSettings.in(
                        new DynamicConfig(Map.of("ttl", 30, "synchronous_mode", "quorum", "failsafe_mode", true))))
                .isEmpty();
    }

    @Test
    void whatThisVersionDoesNotDoIsNamed() {
        Map<String, Object> logical = Map.of("type", "logical", "database", "app", "plugin", "pgoutput");
        assertThat(UnsupportedSettings.in(new DynamicConfig(Map.of("slots", Map.of("feed", logical)))))
                .singleElement()
                .asString()
                .startsWith("the permanent logical slot feed is not supported");
    }
}
