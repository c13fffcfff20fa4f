package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleConfigTest {

    @ParameterizedTest
    @CsvSource({"db1.example.org,10.0.0.1,16", "DB 1,10.0.0.1,12", "-x,2001:db8::1,18"})
    void theSampleHasNoMistakes(String host, String address, int version, @TempDir Path directory) {
        ConfigResult result = Configs.load(directory, SampleConfig.yaml(host, address, version));

        assertThat(result.problems()).isEmpty();
        assertThat(result.config()).isPresent();
    }
}
