package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.version.PostgresVersion;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GucTableTest {
    private static final PostgresVersion V15 = PostgresVersion.ofMajor(15);
    private static final GucTable TABLE = GucTable.standard();

    @Test
    void knowsEveryParameterThatARealServerDescribes() {
        Set<String> unknown = Samples.text("describe-config-15.txt")
                .lines()
                .filter(name -> TABLE.find(name, V15).isEmpty())
                .collect(Collectors.toSet());
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, off",
        "FSYNC, TRUE",
        "shared_buffers, 128MB",
        "shared_buffers, 16384",
        "work_mem, 1.5GB",
        "log_file_mode, 0640",
        "checkpoint_timeout, 1h",
        "checkpoint_completion_target, 0.9",
        "vacuum_cost_delay, 0.5ms",
        "DateStyle, 'ISO, MDY'",
        "IntervalStyle, ISO_8601",
        "transaction_isolation, repeatable read",
        "ssl_max_protocol_version, ''",
        "huge_pages, try",
        "huge_pages, yes",
        "wal_compression, lz4",
        "wal_keep_size, 1GB",
        "archive_command, rm %p",
        "pg_stat_statements.max, anything"
    })
    void keepsWhatTheServerTakes(String name, String value) {
        assertThat(TABLE.check(name, value, V15, Set.of())).isEqualTo(new GucVerdict.Kept(value));
    }

    @ParameterizedTest
    @CsvSource({
        "max_connections, 1000000, 262143",
        "checkpoint_timeout, 10s, 30",
        "checkpoint_timeout, 2d, 86400",
        "work_mem, 1kB, 64",
        "autovacuum_vacuum_cost_limit, -2, -1",
        "checkpoint_completion_target, 1.5, 1",
        "geqo_selection_bias, 0, 1.5"
    })
    void takesTheBoundForWhatIsOutOfRange(String name, String value, String bound) {
        GucVerdict verdict = TABLE.check(name, value, V15, Set.of());
        assertThat(verdict).isInstanceOfSatisfying(GucVerdict.Clamped.class, clamped -> {
            assertThat(clamped.value()).isEqualTo(bound);
            assertThat(clamped.warning()).contains(name).contains(value);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "fsync, maybe",
        "shared_buffers, lots",
        "shared_buffers, 10s",
        "max_connections, 10MB",
        "max_connections, ''",
        "wal_level, none",
        "log_file_mode, 0689",
        "min_log_message, info",
        "wal_keep_segments, 8",
        "promote_trigger_file, /tmp/x",
        "primary_conninfo, host=a",
        "restore_command, cp",
        "include, /etc/passwd",
        "a.b.c, 1",
        "a b, 1",
        "'a = 1 #', 1",
        ".x, 1"
    })
    void dropsWhatWouldStopTheServerFromStarting(String name, String value) {
        assertThat(TABLE.check(name, value, V15, Set.of())).isInstanceOf(GucVerdict.Dropped.class);
    }

    @Test
    void believesTheServerAboutNamesItDoesNotKnow() {
        assertThat(TABLE.check("brand_new", "1", V15, Set.of("Brand_New"))).isEqualTo(new GucVerdict.Kept("1"));
        assertThat(TABLE.check("brand_new", "1", V15, Set.of())).isInstanceOf(GucVerdict.Dropped.class);
    }

    @Test
    void theVersionDecidesWhichEntryApplies() {
        assertThat(TABLE.check("wal_compression", "lz4", PostgresVersion.ofMajor(14), Set.of()))
                .isInstanceOf(GucVerdict.Dropped.class);
        assertThat(TABLE.check("vacuum_cost_delay", "0.5", PostgresVersion.ofMajor(11), Set.of()))
                .isEqualTo(new GucVerdict.Kept("0.5"));
        assertThat(TABLE.find("log_connections", PostgresVersion.ofMajor(17))
                        .orElseThrow()
                        .type())
                .isEqualTo(Guc.Type.BOOL);
        assertThat(TABLE.find("log_connections", PostgresVersion.ofMajor(18))
                        .orElseThrow()
                        .type())
                .isEqualTo(Guc.Type.STRING);
        assertThat(TABLE.find("allow_in_place_tablespaces", new PostgresVersion(140004)))
                .isEmpty();
        assertThat(TABLE.find("allow_in_place_tablespaces", new PostgresVersion(140005)))
                .isPresent();
        assertThat(TABLE.check("wal_keep_segments", "8", PostgresVersion.ofMajor(12), Set.of()))
                .isEqualTo(new GucVerdict.Kept("8"));
    }

    @Test
    void recoverySettingsAreApart() {
        assertThat(TABLE.recoveryNames(PostgresVersion.ofMajor(11))).contains("standby_mode", "trigger_file");
        assertThat(TABLE.recoveryNames(V15)).contains("promote_trigger_file").doesNotContain("standby_mode");
        assertThat(TABLE.checkRecovery("recovery_min_apply_delay", "5min", V15)).isEqualTo(new GucVerdict.Kept("5min"));
        assertThat(TABLE.checkRecovery("recovery_target", "", V15)).isEqualTo(new GucVerdict.Kept(""));
        assertThat(TABLE.checkRecovery("fsync", "off", V15)).isInstanceOf(GucVerdict.Dropped.class);
    }

    @ParameterizedTest
    @CsvSource({
        "shared_buffers, 128MB, 16384, 8kB, integer",
        "wal_keep_size, 1GB, 1024, MB, integer",
        "max_wal_size, 1024, 1024, MB, integer",
        "checkpoint_timeout, 5min, 300, s, integer",
        "log_file_mode, 384, 0600, '', integer",
        "work_mem, 0.5GB, 524288, kB, integer",
        "work_mem, 30.1GB, 31561728, kB, integer",
        "fsync, false, off, '', bool",
        "synchronous_commit, true, on, '', enum",
        "wal_level, hot_standby, replica, '', enum",
        "IntervalStyle, ISO_8601, iso_8601, '', enum",
        "random_page_cost, 1.10, 1.1, '', real",
        "vacuum_cost_delay, 1500us, 1.5, ms, real",
        "seq_page_cost, 0.1234567, 0.123457, '', real"
    })
    void valuesThatMeanTheSameAreTheSame(String name, String wanted, String live, String unit, String vartype) {
        assertThat(TABLE.sameValue(name, wanted, live, unit, vartype)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "shared_buffers, 128MB, 16385, 8kB, integer",
        "shared_buffers, 128, 16384, 8kB, integer",
        "fsync, on, off, '', bool",
        "fsync, maybe, off, '', bool",
        "cluster_name, Demo, demo, '', string",
        "random_page_cost, 1.1, 1.2, '', real",
        "huge_pages, try, on, '', enum"
    })
    void valuesThatDifferDiffer(String name, String wanted, String live, String unit, String vartype) {
        assertThat(TABLE.sameValue(name, wanted, live, unit, vartype)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13, 14, 15, 16, 17, 18})
    void theControlledParametersAreKnownToEveryVersion(int major) {
        for (String name : ServerParameters.COMMAND_LINE) {
            assertThat(TABLE.find(name, PostgresVersion.ofMajor(major)))
                    .as(name)
                    .isPresent();
        }
    }

    @Property(tries = 2000)
    void noValueBreaksTheCheck(@ForAll String name, @ForAll String value) {
        assertThat(TABLE.check(name, value, V15, Set.of())).isNotNull();
        assertThat(TABLE.check("work_mem", value, V15, Set.of())).isNotNull();
        assertThat(TABLE.sameValue("work_mem", value, value, "kB", "integer")).isTrue();
    }

    @Property
    void everyUnitOfMemoryComesToTheSame(@ForAll short megabytes) {
        long count = Math.abs((long) megabytes);
        assertThat(TABLE.sameValue("work_mem", count + "MB", count * 1024 + "kB", "kB", "integer"))
                .isTrue();
        assertThat(TABLE.sameValue("work_mem", count + "MB", count * 1024 * 1024 + "B", "kB", "integer"))
                .isTrue();
    }
}
