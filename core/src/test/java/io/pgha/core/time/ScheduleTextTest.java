package io.pgha.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
    @ParameterizedTest
    @CsvSource({
        "2099-01-01T00:00:00+00:00,2099-01-01T00:00:00+00:00",
        "2099-01-01 10:30Z,2099-01-01T10:30:00+00:00",
        "2099-01-01 10:30 UTC,2099-01-01T10:30:00+00:00",
        "2099-01-01 10:30:15.5+0130,2099-01-01T10:30:15.500000+01:30",
        "2099-01-01T10:30:15-03,2099-01-01T10:30:15-03:00",
    })
    void aTimeWithAZoneIsUnderstoodAndWrittenAsPatroniDoes(String text, String written) {
        ScheduleText time = ScheduleText.parse(text).orElseThrow();
        assertThat(ScheduleText.write(time.local().atOffset(time.zone().orElseThrow())))
                .isEqualTo(written);
    }

    @Test
    void theZoneMayBeMissing() {
        assertThat(ScheduleText.parse("2099-01-01T00:00").orElseThrow().zone()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "soon", "2099-13-01T00:00Z", "2099-01-01T25:00Z", "2099-01-01", "2099-01-01T00:00+99:00"})
    void anythingElseIsNoTime(String text) {
        assertThat(ScheduleText.parse(text)).isEmpty();
    }
}
