package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.DynamicConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnsupportedSettingsTest {
    @Test
    void anUsualConfigurationAsksForNothingUnsupported() {
        assertThat(UnsupportedSettings.in(new DynamicConfig(Map.of("ttl", 30, "synchronous_mode", false))))
                .isEmpty();
    }

    @Test
    void whatThisVersionDoesNotDoIsNamed() {
        assertThat(UnsupportedSettings.in(new DynamicConfig(Map.of("synchronous_mode", "quorum"))))
                .hasSize(1)
                .anyMatch(text -> text.startsWith("synchronous_mode is not supported"));
        assertThat(UnsupportedSettings.in(new DynamicConfig(Map.of("standby_cluster", Map.of("host", "10.0.0.9")))))
                .isEmpty();
    }
}
