package io.pgha.postgres.local;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.conf.ConfigFiles;
import io.pgha.postgres.conf.DataFiles;
import io.pgha.postgres.conf.EffectiveParameters;
import io.pgha.postgres.conf.LiveRecovery;
import io.pgha.postgres.conf.PgpassFile;
import io.pgha.postgres.conf.RecoveryChange;
import io.pgha.postgres.conf.RecoveryComparison;
import io.pgha.postgres.conf.RecoverySettings;
import io.pgha.postgres.conf.ServerSetting;
import io.pgha.postgres.sql.ServerSettings;
import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a running standby recovers as it should (facts §6.6); asks the server only when something may differ. */
final class Following {
    private static final Logger log = LoggerFactory.getLogger(Following.class);

    private final Instance instance;
    private final Configuration configuration;
    private final SmallParameters parameters;
    private Optional<Evidence> asWanted = Optional.empty();
    private Map<String, PendingRestartReason> told = Map.of();

    Following(Instance instance, Configuration configuration) {
        this.instance = instance;
        this.configuration = configuration;
        this.parameters = new SmallParameters(instance);
    }

    /** All that the verdict depends on. */
    private record Evidence(
            Optional<Upstream> upstream, PostgresSettings settings, Postmaster postmaster, List<String> files) {}

    /**
     * What it takes to follow the upstream.
     *
     * @return empty when it cannot be told now: nothing runs, or the server does not answer
     */
    synchronized Optional<RecoveryChange> needed(Optional<Upstream> upstream) {
        Optional<Postmaster> postmaster = instance.finder.find().postmaster();
        if (postmaster.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, PendingRestartReason> small = parameters.found(configuration.version());
            if (!small.isEmpty()) {
                tell(small);
                return Optional.of(RecoveryChange.RESTART);
            }
            told = Map.of();
            Evidence evidence = new Evidence(upstream, instance.settings(), postmaster.get(), stamps());
            if (asWanted.filter(evidence::equals).isPresent()) {
                return Optional.of(RecoveryChange.NONE);
            }
            RecoveryChange change = compare(upstream);
            asWanted = change == RecoveryChange.NONE ? Optional.of(evidence) : Optional.empty();
            return Optional.of(change);
        } catch (SQLException | IOException | IllegalArgumentException | UnsupportedVersionException e) {
            log.debug("cannot compare the recovery settings: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Once: in pause it may stay so for long. */
    private void tell(Map<String, PendingRestartReason> small) {
        if (!small.equals(told)) {
            log.warn("replay waits for parameters as large as the primary's: {}", small);
            told = small;
        }
    }

    private RecoveryChange compare(Optional<Upstream> upstream) throws SQLException, IOException {
        PostgresVersion version = configuration.version();
        EffectiveParameters effective = configuration.parameters();
        RecoverySettings wanted = configuration.recovery(upstream, effective);
        return RecoveryComparison.between(
                live(version), wanted, instance.settings().replication().password(), version);
    }

    private LiveRecovery live(PostgresVersion version) throws SQLException, IOException {
        DataFiles data = new DataFiles(instance.dataDir());
        ConfigFiles files = configuration.files();
        Optional<ServerSettings.Receiver> receiver = instance.heartbeat.run(ServerSettings::receiver);
        Optional<String> passfile = PgpassFile.read(instance.settings().pgpass());
        Optional<String> conninfo = receiver.map(ServerSettings.Receiver::conninfo);
        Optional<String> slot = receiver.map(ServerSettings.Receiver::slot);
        if (version.recoveryConfFile()) {
            return data.recoveryConf()
                    .map(text -> LiveRecovery.ofRecoveryConf(text, conninfo, slot, passfile))
                    .orElse(new LiveRecovery(Map.of(), false, conninfo, slot, passfile, files.managedFiles()));
        }
        Map<String, ServerSetting> settings =
                instance.heartbeat.run(ServerSettings::all).settings();
        boolean signal = Files.exists(instance.dataDir().resolve("standby.signal"));
        return new LiveRecovery(settings, signal, conninfo, slot, passfile, files.managedFiles());
    }

    private List<String> stamps() throws IOException {
        ConfigFiles files = configuration.files();
        List<String> stamps = new ArrayList<>();
        for (Path file : List.of(
                files.mainFile(),
                files.autoFile(),
                instance.settings().pgpass(),
                instance.dataDir().resolve("recovery.conf"),
                instance.dataDir().resolve("standby.signal"))) {
            stamps.add(Files.exists(file) ? Files.getLastModifiedTime(file).toString() : "none");
        }
        return stamps;
    }
}
