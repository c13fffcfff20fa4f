package io.pgha.postgres.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresVersionTest {
    @ParameterizedTest
    @CsvSource({
        "postgres (PostgreSQL) 15.10 (Debian 15.10-0+deb12u1), 150010",
        "pg_rewind (PostgreSQL) 11.22, 110022",
        "postgres (PostgreSQL) 18beta1, 180000",
        "postgres (PostgreSQL) 17devel, 170000",
        "postgres (PostgreSQL) 12.4.1, 120004"
    })
    void readsWhatProgramsPrint(String output, int number) {
        assertThat(PostgresVersion.parseProgramOutput(output).number()).isEqualTo(number);
    }

    @Test
    void readsTheVersionFile() {
        assertThat(PostgresVersion.parseVersionFile("15\n")).isEqualTo(PostgresVersion.ofMajor(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "9.6\n", "10\n", "19", "15 16", "1500", "-15", "999999999999"})
    void refusesAVersionFileThatItCannotServe(String content) {
        assertThatThrownBy(() -> PostgresVersion.parseVersionFile(content))
                .isInstanceOf(UnsupportedVersionException.class);
    }

    @Test
    void saysWhichVersionsItServes() {
        assertThatThrownBy(() -> new PostgresVersion(100023))
                .isInstanceOf(UnsupportedVersionException.class)
                .hasMessage("PostgreSQL 10.23 is not supported: pgha drives 11 to 18");
        assertThatThrownBy(() -> PostgresVersion.ofMajor(19)).hasMessageContaining("19 is not supported");
        assertThatThrownBy(() -> PostgresVersion.parseProgramOutput("bash: postgres: not found"))
                .hasMessageContaining("bash: postgres: not found");
    }

    @Test
    void everyCapabilityBeginsOrEndsWhereItDoes() {
        assertThat(since(PostgresVersion::recoveryConfFile)).containsExactly(11);
        assertThat(since(PostgresVersion::standbySignal)).startsWith(12).hasSize(7);
        assertThat(since(PostgresVersion::promoteTriggerFile)).containsExactly(12, 13, 14, 15);
        assertThat(since(PostgresVersion::promoteFunction)).startsWith(12).hasSize(7);
        assertThat(since(PostgresVersion::gssencmode)).startsWith(12).hasSize(7);
        assertThat(since(PostgresVersion::walSendersMustMatch)).startsWith(12).hasSize(7);
        assertThat(since(PostgresVersion::primaryConninfoReloadable))
                .startsWith(13)
                .hasSize(6);
        assertThat(since(PostgresVersion::walKeepSize)).startsWith(13).hasSize(6);
        assertThat(since(PostgresVersion::channelBinding)).startsWith(13).hasSize(6);
        assertThat(since(PostgresVersion::sslpassword)).startsWith(13).hasSize(6);
        assertThat(since(PostgresVersion::rewindDoesOwnCrashRecovery))
                .startsWith(13)
                .hasSize(6);
        assertThat(since(PostgresVersion::rewindRestoresTargetWal))
                .startsWith(13)
                .hasSize(6);
        assertThat(since(PostgresVersion::walReceiverWrittenLsn)).startsWith(13).hasSize(6);
        assertThat(since(PostgresVersion::walStatusColumn)).startsWith(13).hasSize(6);
        assertThat(since(PostgresVersion::restoreCommandReloadable))
                .startsWith(14)
                .hasSize(5);
        assertThat(since(PostgresVersion::sslcrldir)).startsWith(14).hasSize(5);
        assertThat(since(PostgresVersion::rewindConfigFile)).startsWith(15).hasSize(4);
        assertThat(since(PostgresVersion::serverSideCompression)).startsWith(15).hasSize(4);
        assertThat(since(PostgresVersion::dbnameInPrimaryConninfo)).containsExactly(17, 18);
        assertThat(since(PostgresVersion::sslnegotiation)).containsExactly(17, 18);
        assertThat(since(PostgresVersion::failoverSlots)).containsExactly(17, 18);
        for (Predicate<PostgresVersion> always : List.<Predicate<PostgresVersion>>of(
                PostgresVersion::passfileInConninfo,
                PostgresVersion::targetSessionAttrs,
                PostgresVersion::groupAccess,
                PostgresVersion::rewindRole,
                PostgresVersion::controlFunctions,
                PostgresVersion::slotAdvance,
                PostgresVersion::backendType,
                PostgresVersion::walNames)) {
            assertThat(since(always)).hasSize(8);
        }
    }

    @Test
    void aMinorReleaseHasTheCapabilitiesOfItsMajor() {
        assertThat(new PostgresVersion(120022).primaryConninfoReloadable()).isFalse();
        assertThat(new PostgresVersion(130000).primaryConninfoReloadable()).isTrue();
        assertThat(new PostgresVersion(150010)).hasToString("15.10").isGreaterThan(PostgresVersion.ofMajor(15));
        assertThat(new PostgresVersion(150010).minor()).isEqualTo(10);
    }

    @Property
    void noTextBreaksTheParsers(@ForAll String text) {
        for (java.util.function.Function<String, PostgresVersion> parser :
                List.<java.util.function.Function<String, PostgresVersion>>of(
                        PostgresVersion::parseProgramOutput, PostgresVersion::parseVersionFile)) {
            try {
                assertThat(parser.apply(text).major()).isBetween(11, 18);
            } catch (UnsupportedVersionException expected) {
                assertThat(expected.getMessage()).doesNotContain("\n").hasSizeLessThan(200);
            }
        }
    }

    @Test
    void aRangeEndsBeforeItsSecondVersion() {
        assertThat(VersionRange.parse("13-18").contains(PostgresVersion.ofMajor(18)))
                .isFalse();
        assertThat(VersionRange.parse("13-18").contains(new PostgresVersion(170099)))
                .isTrue();
        assertThat(VersionRange.parse("14.5-14.99").contains(new PostgresVersion(140004)))
                .isFalse();
        assertThat(VersionRange.parse("14.5-14.99").contains(new PostgresVersion(140005)))
                .isTrue();
        assertThat(VersionRange.parse("12-").contains(PostgresVersion.ofMajor(18)))
                .isTrue();
        assertThatThrownBy(() -> VersionRange.parse("18-13")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VersionRange.parse("all")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Integer> since(Predicate<PostgresVersion> capability) {
        return java.util.stream.IntStream.rangeClosed(11, 18)
                .filter(major -> capability.test(PostgresVersion.ofMajor(major)))
                .boxed()
                .toList();
    }
}
