package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @Test
    void aPasswordDoesNotPrintItself(@TempDir Path directory) {
        ConfigResult result = Configs.load(directory, Configs.MINIMAL);

        LocalConfig config = result.config().orElseThrow();
        assertThat(config.postgresql().authentication().toString())
                .contains("replicator")
                .doesNotContain("rep-secret", "super-secret");
        assertThat(config.toString()).doesNotContain("rep-secret", "super-secret");
        assertThat(result.toString()).doesNotContain("rep-secret", "super-secret");
    }
}
