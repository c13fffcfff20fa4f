package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PostgresqlConfTest {
    @Test
    void writesThePrimarysFileOfARealCluster() {
        PostgresqlConf conf = new PostgresqlConf(
                "postgresql.base.conf",
                ServerParametersTest.demo(ServerParametersTest.DEMO).parameters(),
                Path.of("/srv/demo/data0/pg_hba.conf"),
                Path.of("/srv/demo/data0/pg_ident.conf"),
                new TreeMap<>());
        assertThat(conf.text()).isEqualTo(Samples.text("pg0.postgresql.conf"));
    }

    @Test
    void writesTheHbaFileOfARealCluster() {
        assertThat(HbaFile.text(List.of(
                        "local all all trust",
                        "host replication replicator 127.0.0.1/32 md5",
                        "host all all 127.0.0.1/32 md5")))
                .isEqualTo(Samples.text("pg0.pg_hba.conf"));
        assertThat(IdentFile.text(List.of("m u r"))).isEqualTo(PostgresqlConf.HEADER + "m u r\n");
    }

    @Test
    void aValueNeverStartsALineOfItsOwn() {
        assertThat(PostgresqlConf.quoted("a'b\\c\nfsync = off\t\r")).isEqualTo("'a''b\\\\c\\nfsync = off\\t\\r'");
        assertThatThrownBy(() -> PostgresqlConf.quoted("a\0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWhatPostgresReads() {
        assertThat(PostgresqlConf.parse("""
                # comment
                include 'x'
                include_dir = 'y'
                Restore_Command = 'cp ''a'' \\'b\\' \\141 %p'   # why
                standby_mode on
                port=5432
                port = 5433
                broken line here
                unterminated = 'abc
                """))
                .isEqualTo(Map.of("restore_command", "cp 'a' 'b' a %p", "standby_mode", "on", "port", "5433"));
    }

    @Property
    void everyValueReadsBackAsItWas(@ForAll String value) {
        String carried = value.replace("\0", "");
        Map<String, String> read = PostgresqlConf.parse(
                PostgresqlConf.settings(Map.of("a.b", carried.replaceAll("[\u0085\u2028\u2029\u000b\u000c]", " "))));
        assertThat(read).containsEntry("a.b", carried.replaceAll("[\u0085\u2028\u2029\u000b\u000c]", " "));
    }

    @Property
    void noFileBreaksTheReader(@ForAll String text) {
        assertThat(PostgresqlConf.parse(text)).isNotNull();
    }

    @Test
    void hostileValuesStayInTheirLine() {
        for (String value : Samples.HOSTILE) {
            if (value.indexOf('\0') < 0) {
                String text = PostgresqlConf.settings(Map.of("cluster_name", value));
                assertThat(text.lines()).as(text).hasSize(1);
                assertThat(PostgresqlConf.parse(text)).isEqualTo(Map.of("cluster_name", value));
            }
        }
    }

    @Test
    void theAgentGetsInWhileACustomBootstrapRuns() {
        assertThat(HbaFile.duringCustomBootstrap("localhost"))
                .isEqualTo(PostgresqlConf.HEADER
                        + "local all all trust\nhost all all 127.0.0.1/32 trust\nhost all all ::1/128 trust\n");
        assertThat(HbaFile.duringCustomBootstrap("10.0.0.1")).endsWith("host all all 10.0.0.1/32 trust\n");
        assertThat(HbaFile.duringCustomBootstrap("db.example")).endsWith("host all all db.example trust\n");
        assertThatThrownBy(() -> HbaFile.duringCustomBootstrap("a\nhost all all 0.0.0.0/0 trust"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(HbaFile.field("all")).isEqualTo("\"all\"");
        assertThat(HbaFile.field("My Role")).isEqualTo("\"My Role\"");
    }
}
