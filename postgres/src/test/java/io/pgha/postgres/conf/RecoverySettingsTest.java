package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.PostgresSettings.Credentials;
import io.pgha.postgres.version.PostgresVersion;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecoverySettingsTest {
    private static final PostgresVersion V11 = PostgresVersion.ofMajor(11);
    private static final PostgresVersion V15 = PostgresVersion.ofMajor(15);
    private static final Credentials REPLICATOR = new Credentials("replicator", "rep-pass", Map.of());

    @Test
    void writesTheStandbysFileOfARealCluster() {
        RecoverySettings recovery =
                RecoverySettings.forStandby(Map.of(), Optional.of(source("pg1", V15)), Map.of(), V15);
        PostgresqlConf conf = new PostgresqlConf(
                "postgresql.base.conf",
                ServerParametersTest.demo(new ServerParameters.Fixed("127.0.0.1", 7101, "demo"))
                        .parameters(),
                Path.of("/srv/demo/data1/pg_hba.conf"),
                Path.of("/srv/demo/data1/pg_ident.conf"),
                recovery.values());
        assertThat(conf.text()).isEqualTo(Samples.text("pg1.postgresql.conf"));
    }

    @Test
    void oldServersGetTheirOwnFile() {
        RecoverySettings recovery = RecoverySettings.forStandby(
                Map.of("promote_trigger_file", "/tmp/t", "restore_command", "cp '%f' %p"),
                Optional.of(source("pg1", V11)),
                Map.of(),
                V11);
        assertThat(recovery.recoveryConf()).isEqualTo(PostgresqlConf.HEADER + """
                primary_conninfo = 'dbname=postgres user=replicator passfile=/srv/demo/pgpass1 host=127.0.0.1 port=7100 sslmode=prefer application_name=pg1'
                primary_slot_name = 'pg1'
                recovery_target_timeline = 'latest'
                restore_command = 'cp ''%f'' %p'
                standby_mode = 'on'
                trigger_file = '/tmp/t'
                """);
    }

    @Test
    void newerServersKnowMoreOptions() {
        PostgresVersion v17 = PostgresVersion.ofMajor(17);
        Credentials as = new Credentials("r", "", Map.of("sslmode", "verify-full", "sslcrldir", "/c", "bogus", "x"));
        assertThat(SourceConninfo.primary(
                                Conninfo.parse("host=h port=1"), as, "app", Path.of("/p"), "my node", "krb", v17)
                        .text())
                .isEqualTo("dbname=app user=r host=h port=1 sslmode=verify-full sslcrldir=/c"
                        + " application_name=my\\ node krbsrvname=krb gssencmode=prefer channel_binding=prefer"
                        + " sslnegotiation=postgres");
        assertThat(SourceConninfo.of(Conninfo.parse("host=h"), as, "", V11).text())
                .isEqualTo("user=r host=h sslmode=verify-full");
    }

    @Test
    void whatTheAgentDecidesIsTakenOutOfRecoveryConf() {
        RecoverySettings recovery = RecoverySettings.forStandby(
                Map.of(
                        "Primary_Conninfo", "host=evil",
                        "primary_slot_name", "evil",
                        "recovery_target_time", "yesterday",
                        "recovery_target_timeline", "current",
                        "standby_mode", "off",
                        "fsync", "off",
                        "recovery_min_apply_delay", "1h",
                        "archive_cleanup_command", "clean"),
                Optional.empty(),
                Map.of("archive_cleanup_command", "remote"),
                V15);
        assertThat(recovery.standby()).isTrue();
        assertThat(recovery.values())
                .isEqualTo(new TreeMap<>(Map.of(
                        "recovery_min_apply_delay", "1h",
                        "archive_cleanup_command", "remote",
                        "recovery_target_timeline", "latest",
                        "recovery_target", "",
                        "recovery_target_lsn", "",
                        "recovery_target_name", "",
                        "recovery_target_time", "",
                        "recovery_target_xid", "")));
        assertThat(recovery.warnings()).singleElement().asString().contains("fsync");
    }

    @Test
    void theTriggerFileIsCalledAsTheVersionCallsIt() {
        assertThat(RecoverySettings.forBootstrap(Map.of("trigger_file", "/t"), V15)
                        .values())
                .containsEntry("promote_trigger_file", "/t");
        RecoverySettings none =
                RecoverySettings.forBootstrap(Map.of("promote_trigger_file", "/t"), PostgresVersion.ofMajor(16));
        assertThat(none.values()).isEmpty();
        assertThat(none.warnings()).hasSize(1);
    }

    @Test
    void aBootstrapMethodRecoversToItsTarget() {
        RecoverySettings recovery = RecoverySettings.forBootstrap(
                Map.of(
                        "recovery_target", "immediate",
                        "pause_at_recovery_target", "true",
                        "restore_command", "pgbackrest --stanza=produccion archive-get %f %p"),
                V15);
        assertThat(recovery.standby()).isFalse();
        assertThat(recovery.values())
                .containsEntry("recovery_target", "immediate")
                .containsEntry("recovery_target_action", "pause")
                .containsEntry("restore_command", "pgbackrest --stanza=produccion archive-get %f %p")
                .hasSize(3);
    }

    @Test
    void onlyThePrimaryOfSeveralRemoteHostsHasTheSlot() {
        Conninfo two = Conninfo.parse("host=a,b port=5432");
        assertThat(new RecoverySettings.Source(two, Optional.of("s"))
                        .onlyPrimaryOfSeveral(V15)
                        .primaryConninfo()
                        .text())
                .isEqualTo("host=a,b port=5432 target_session_attrs=read-write");
        assertThat(new RecoverySettings.Source(two, Optional.empty())
                        .onlyPrimaryOfSeveral(V15)
                        .primaryConninfo())
                .isEqualTo(two);
    }

    static RecoverySettings.Source source(String member, PostgresVersion version) {
        Conninfo address = MemberUrl.parse("postgres://127.0.0.1:7100/postgres")
                .orElseThrow()
                .conninfo();
        return new RecoverySettings.Source(
                SourceConninfo.primary(
                        address, REPLICATOR, "postgres", Path.of("/srv/demo/pgpass1"), member, "", version),
                Optional.of(SlotName.of(member)));
    }
}
