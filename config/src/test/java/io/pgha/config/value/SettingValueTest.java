package io.pgha.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingValueTest {

    @ParameterizedTest
    @ValueSource(strings = {"on", "ON", "true", "True", "yes", "1", " on "})
    void wordsForTrue(String word) {
        assertThat(SettingValue.bool(word)).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "false", "NO", "0"})
    void wordsForFalse(String word) {
        assertThat(SettingValue.bool(word)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "onn", "y", "null"})
    void otherWordsAreNoBooleans(String word) {
        assertThat(SettingValue.bool(word)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "30min, 1800",
        "30 min, 1800",
        "1h, 3600",
        "1d, 86400",
        "1500ms, 2",
        "500ms, 0",
        "30, 30",
        "30s, 30",
        "0x1e, 30",
        "036, 30",
        "29.6, 30",
        "1e2, 100",
        "-1, -1",
    })
    void timesInSeconds(String text, long seconds) {
        assertThat(SettingValue.integer(text, Unit.SECONDS)).hasValue(seconds);
    }

    @ParameterizedTest
    @CsvSource({"1MB, 1048576", "1GB, 1073741824", "1kB, 1024", "16, 16", "0.5MB, 524288", "10B, 10"})
    void sizesInBytes(String text, long bytes) {
        assertThat(SettingValue.integer(text, Unit.BYTES)).hasValue(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "30mins", "30 sec", "1mb", "1KB", "5min5s", "--5", "0xZZ", "1e999999999", "NaN", "∞"})
    void whatPostgresWouldRefuseIsRefused(String text) {
        assertThat(SettingValue.integer(text, Unit.SECONDS)).isEmpty();
        assertThat(SettingValue.integer(text, Unit.BYTES)).isEmpty();
    }

    @Test
    void aUnitOfAnotherKindIsRefused() {
        assertThat(SettingValue.integer("1MB", Unit.SECONDS)).isEmpty();
        assertThat(SettingValue.integer("1min", Unit.BYTES)).isEmpty();
        assertThat(SettingValue.integer("1min")).isEmpty();
    }

    @Test
    void numbersBeyondALongAreRefused() {
        assertThat(SettingValue.integer(new BigInteger("99999999999999999999"))).isEmpty();
        assertThat(SettingValue.integer("9223372036854775808")).isEqualTo(OptionalLong.empty());
        assertThat(SettingValue.integer(Double.NaN)).isEmpty();
    }

    @Property
    void aNumberMeansTheSameAsItsText(@ForAll long number) {
        assertThat(SettingValue.integer(number)).hasValue(number);
        assertThat(SettingValue.integer(Long.toString(number))).hasValue(number);
    }

    @Property
    void minutesAreSixtySeconds(@ForAll @IntRange(min = 0, max = 1_000_000) int minutes) {
        assertThat(SettingValue.integer(minutes + "min", Unit.SECONDS)).hasValue(minutes * 60L);
    }

    @Property
    void hexIsReadAsHex(@ForAll @LongRange(min = 0) long number) {
        assertThat(SettingValue.integer("0x" + Long.toHexString(number))).hasValue(number);
    }

    @Property
    void noTextMakesItThrow(@ForAll String text) {
        SettingValue.integer(text, Unit.SECONDS);
        SettingValue.real(text);
        SettingValue.bool(text);
    }
}
