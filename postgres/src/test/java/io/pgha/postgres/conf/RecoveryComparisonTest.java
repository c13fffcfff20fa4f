package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.version.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecoveryComparisonTest {
    private static final PostgresVersion V12 = PostgresVersion.ofMajor(12);
    private static final PostgresVersion V13 = PostgresVersion.ofMajor(13);
    private static final PostgresVersion V15 = PostgresVersion.ofMajor(15);
    private static final PostgresVersion V17 = PostgresVersion.ofMajor(17);
    private static final String RECEIVER = "user=replicator passfile=/srv/demo/pgpass1 channel_binding=prefer"
            + " dbname=replication host=127.0.0.1 port=7100 application_name=pg1"
            + " fallback_application_name=demo sslmode=prefer sslcompression=0 sslsni=1"
            + " ssl_min_protocol_version=TLSv1.2 gssencmode=prefer krbsrvname=postgres target_session_attrs=any";

    private final Map<String, ServerSetting> rows = new LinkedHashMap<>();

    @Test
    void nothingHasToBeDoneWhenNothingDiffers() {
        RecoverySettings wanted = standby(V15, Map.of());
        assertThat(change(wanted, V15)).isEqualTo(RecoveryChange.NONE);
    }

    @Test
    void anotherPrimaryNeedsARestartOnlyBeforeThirteen() {
        assertThat(changed("primary_conninfo", "host=old", V12)).isEqualTo(RecoveryChange.RESTART);
        assertThat(changed("primary_conninfo", "host=old", V13)).isEqualTo(RecoveryChange.RELOAD);
        assertThat(changed("primary_slot_name", "old", V12)).isEqualTo(RecoveryChange.RESTART);
        assertThat(changed("primary_slot_name", "old", V13)).isEqualTo(RecoveryChange.RELOAD);
    }

    @Test
    void aRestoreCommandNeedsARestartOnlyBeforeFourteen() {
        assertThat(changed("restore_command", "cp", V13)).isEqualTo(RecoveryChange.RESTART);
        assertThat(changed("restore_command", "cp", PostgresVersion.ofMajor(14)))
                .isEqualTo(RecoveryChange.RELOAD);
    }

    @Test
    void aRecoveryTargetAlwaysNeedsARestart() {
        assertThat(changed("recovery_target_time", "2026-01-01", V17)).isEqualTo(RecoveryChange.RESTART);
        assertThat(changed("recovery_target_timeline", "current", V17)).isEqualTo(RecoveryChange.RESTART);
        assertThat(changed("recovery_target_action", "promote", V17)).isEqualTo(RecoveryChange.NONE);
    }

    @Test
    void whatRunsCountsMoreThanWhatIsWritten() {
        RecoverySettings wanted = standby(V15, Map.of());
        set(V15, wanted.values());
        assertThat(RecoveryComparison.between(live(Optional.of(RECEIVER), Optional.of("pg1")), wanted, "rep-pass", V15))
                .isEqualTo(RecoveryChange.NONE);
        assertThat(RecoveryComparison.between(
                        live(Optional.of(RECEIVER.replace("7100", "7101")), Optional.of("pg1")),
                        wanted,
                        "rep-pass",
                        V15))
                .isEqualTo(RecoveryChange.RELOAD);
        assertThat(RecoveryComparison.between(
                        live(Optional.of(RECEIVER), Optional.of("other")), wanted, "rep-pass", V15))
                .isEqualTo(RecoveryChange.RELOAD);
    }

    @Test
    void theDatabaseCountsFromSeventeenOn() {
        String other = standby(V15, Map.of()).values().get("primary_conninfo").replace("dbname=postgres ", "");
        assertThat(changed("primary_conninfo", other, V15)).isEqualTo(RecoveryChange.NONE);
        assertThat(changed(
                        "primary_conninfo",
                        standby(V17, Map.of()).values().get("primary_conninfo").replace("dbname=postgres ", ""),
                        V17))
                .isEqualTo(RecoveryChange.RELOAD);
    }

    @Test
    void aChangedPasswordIsFoundInThePasswordFile() {
        RecoverySettings wanted = standby(V15, Map.of());
        set(V15, wanted.values());
        assertThat(RecoveryComparison.between(live(Optional.empty(), Optional.empty()), wanted, "new", V15))
                .isEqualTo(RecoveryChange.RELOAD);
        assertThat(RecoveryComparison.between(live(Optional.empty(), Optional.empty()), wanted, "", V15))
                .isEqualTo(RecoveryChange.NONE);
    }

    @Test
    void aMissingSignalFileOrUnreadableSettingsNeedARestart() {
        RecoverySettings wanted = standby(V15, Map.of());
        set(V15, wanted.values());
        LiveRecovery noSignal = new LiveRecovery(
                rows, false, Optional.empty(), Optional.empty(), Optional.of(Samples.text("pg1.pgpass")), Set.of());
        assertThat(RecoveryComparison.between(noSignal, wanted, "rep-pass", V15))
                .isEqualTo(RecoveryChange.RESTART);
        LiveRecovery unreadable =
                new LiveRecovery(Map.of(), true, Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
        assertThat(RecoveryComparison.between(unreadable, wanted, "rep-pass", V15))
                .isEqualTo(RecoveryChange.RESTART);
    }

    @Test
    void whatAnOperatorSetsInAFileOfHisOwnIsLeftAlone() {
        RecoverySettings wanted = standby(V15, Map.of());
        set(V15, wanted.values());
        rows.put("restore_command", row("restore_command", "cp", V15, Optional.of("/etc/own.conf")));
        assertThat(change(wanted)).isEqualTo(RecoveryChange.NONE);
        rows.put("restore_command", row("restore_command", "cp", V15, Optional.of("/srv/demo/data1/postgresql.conf")));
        assertThat(change(wanted)).isEqualTo(RecoveryChange.RELOAD);
    }

    @Test
    void valuesAreComparedWithTheirUnits() {
        RecoverySettings wanted = standby(V15, Map.of("recovery_min_apply_delay", "5min"));
        set(V15, wanted.values());
        rows.put(
                "recovery_min_apply_delay",
                new ServerSetting("recovery_min_apply_delay", "300000", "ms", "integer", "sighup", Optional.empty()));
        assertThat(change(wanted)).isEqualTo(RecoveryChange.NONE);
    }

    @Test
    void everyChangeOfRecoveryConfNeedsARestart() {
        PostgresVersion v11 = PostgresVersion.ofMajor(11);
        RecoverySettings wanted = standby(v11, Map.of("recovery_min_apply_delay", "5min"));
        Optional<String> passfile = Optional.of(Samples.text("pg1.pgpass"));
        LiveRecovery same =
                LiveRecovery.ofRecoveryConf(wanted.recoveryConf(), Optional.empty(), Optional.empty(), passfile);
        assertThat(RecoveryComparison.between(same, wanted, "rep-pass", v11)).isEqualTo(RecoveryChange.NONE);
        LiveRecovery spelled = LiveRecovery.ofRecoveryConf(
                wanted.recoveryConf().replace("5min", "300s").replace("'on'", "'true'"),
                Optional.empty(),
                Optional.empty(),
                passfile);
        assertThat(RecoveryComparison.between(spelled, wanted, "rep-pass", v11)).isEqualTo(RecoveryChange.NONE);
        LiveRecovery other = LiveRecovery.ofRecoveryConf(
                wanted.recoveryConf().replace("7100", "7101"), Optional.empty(), Optional.empty(), passfile);
        assertThat(RecoveryComparison.between(other, wanted, "rep-pass", v11)).isEqualTo(RecoveryChange.RESTART);
    }

    private RecoveryChange changed(String name, String liveValue, PostgresVersion version) {
        RecoverySettings wanted = standby(version, Map.of());
        set(version, wanted.values());
        rows.put(name, row(name, liveValue, version, Optional.of("/srv/demo/data1/postgresql.conf")));
        return RecoveryComparison.between(live(Optional.empty(), Optional.empty()), wanted, "rep-pass", version);
    }

    private RecoveryChange change(RecoverySettings wanted, PostgresVersion version) {
        set(version, wanted.values());
        return change(wanted);
    }

    private RecoveryChange change(RecoverySettings wanted) {
        return RecoveryComparison.between(live(Optional.empty(), Optional.empty()), wanted, "rep-pass", V15);
    }

    private LiveRecovery live(Optional<String> receiver, Optional<String> slot) {
        return new LiveRecovery(
                rows,
                true,
                receiver,
                slot,
                Optional.of(Samples.text("pg1.pgpass")),
                Set.of("/srv/demo/data1/postgresql.conf"));
    }

    /** The rows that a server of this version would show. */
    private void set(PostgresVersion version, Map<String, String> values) {
        Map<String, String> defaults = Map.of(
                "recovery_min_apply_delay", "0", "recovery_target_action", "pause", "recovery_target_inclusive", "on");
        for (String name : GucTable.standard().recoveryNames(version)) {
            rows.put(
                    name,
                    row(name, values.getOrDefault(name, defaults.getOrDefault(name, "")), version, Optional.empty()));
        }
    }

    private static ServerSetting row(String name, String value, PostgresVersion version, Optional<String> file) {
        boolean restart = name.startsWith("recovery_target")
                || (name.startsWith("primary_") && version.compareTo(V13) < 0)
                || (name.equals("restore_command") && version.compareTo(PostgresVersion.ofMajor(14)) < 0);
        return new ServerSetting(name, value, "", "string", restart ? "postmaster" : "sighup", file);
    }

    private static RecoverySettings standby(PostgresVersion version, Map<String, String> configured) {
        return RecoverySettings.forStandby(
                configured, Optional.of(RecoverySettingsTest.source("pg1", version)), Map.of(), version);
    }
}
