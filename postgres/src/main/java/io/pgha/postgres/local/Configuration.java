package io.pgha.postgres.local;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.conf.ConfigFiles;
import io.pgha.postgres.conf.ControlDataText;
import io.pgha.postgres.conf.DataFiles;
import io.pgha.postgres.conf.EffectiveParameters;
import io.pgha.postgres.conf.GucTable;
import io.pgha.postgres.conf.MemberUrl;
import io.pgha.postgres.conf.Pgpass;
import io.pgha.postgres.conf.PgpassFile;
import io.pgha.postgres.conf.PostgresqlConf;
import io.pgha.postgres.conf.RecoverySettings;
import io.pgha.postgres.conf.ServerParameters;
import io.pgha.postgres.conf.SlotName;
import io.pgha.postgres.conf.SourceConninfo;
import io.pgha.postgres.version.PostgresVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's files as the settings want them (facts §6.4 and §6.6). */
final class Configuration {
    private static final Logger log = LoggerFactory.getLogger(Configuration.class);

    private final Instance instance;
    private final DescribedParameters described;
    private Set<String> warned = Set.of();

    Configuration(Instance instance) {
        this.instance = instance;
        this.described = new DescribedParameters(instance.runner);
    }

    /**
     * What a start needs beside the files.
     *
     * @param options for the command line
     * @param pendingRestart parameters that wait for the next restart already
     */
    record Start(List<String> options, Map<String, PendingRestartReason> pendingRestart) {}

    PostgresVersion version() {
        return instance.version.current(instance.programs());
    }

    ConfigFiles files() {
        return ConfigFiles.of(instance.settings());
    }

    /** The parameters that the server should have; each warning is logged once. */
    EffectiveParameters parameters() {
        PostgresSettings settings = instance.settings();
        EffectiveParameters effective = ServerParameters.effective(
                settings.parameters(),
                new ServerParameters.Fixed(settings.listenAddresses(), settings.port(), settings.scope()),
                version(),
                described.names(instance.programs()));
        Set<String> warnings = new HashSet<>(effective.warnings());
        warnings.stream().filter(warning -> !warned.contains(warning)).forEach(log::warn);
        warned = warnings;
        SortedMap<String, String> parameters = new TreeMap<>(effective.parameters());
        instance.synchronousNames.apply(parameters, synchronousNamesInFile());
        return new EffectiveParameters(parameters, effective.recovery(), effective.warnings());
    }

    private Optional<String> synchronousNamesInFile() {
        try {
            Path main = files().mainFile();
            String text = Files.exists(main) ? Files.readString(main, StandardCharsets.ISO_8859_1) : "";
            return text.startsWith(PostgresqlConf.HEADER)
                    ? Optional.ofNullable(PostgresqlConf.parse(text).get(SynchronousNames.PARAMETER))
                    : Optional.empty();
        } catch (IOException e) {
            // Writing the file will fail for the same reason, and tell.
            log.debug("the present configuration cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }

    /** Writes everything for a start as primary. */
    Start prepareAsPrimary() throws IOException {
        EffectiveParameters effective = parameters();
        prepare(effective, Optional.empty());
        return new Start(ServerParameters.commandLine(effective.parameters()), Map.of());
    }

    /** Writes everything for a start as standby. */
    Start prepareAsStandby(Optional<Upstream> upstream) throws IOException {
        instance.synchronousNames.order(Optional.empty());
        EffectiveParameters effective = parameters();
        RecoverySettings recovery = recovery(upstream, effective);
        writePassfile(upstream);
        prepare(effective, Optional.of(recovery));
        files().writeRecovery(recovery, version());
        handOver();
        ServerParameters.ForStandby standby =
                ServerParameters.forStandby(effective.parameters(), controlSettings(), version());
        return new Start(ServerParameters.commandLine(standby.parameters()), standby.pendingRestart());
    }

    /** Writes everything for a start into a custom bootstrap's recovery (facts §2.7). */
    Start prepareRecovery(Optional<RecoverySettings> recovery, Map<String, String> override) throws IOException {
        EffectiveParameters effective = parameters();
        SortedMap<String, String> changed = new TreeMap<>(effective.parameters());
        changed.putAll(override);
        EffectiveParameters parameters = new EffectiveParameters(changed, effective.recovery(), List.of());
        prepare(parameters, recovery);
        if (recovery.isPresent()) {
            files().writeRecovery(recovery.get(), version());
            handOver();
        }
        ServerParameters.ForStandby standby =
                ServerParameters.forStandby(parameters.parameters(), controlSettings(), version());
        return new Start(ServerParameters.commandLine(standby.parameters()), standby.pendingRestart());
    }

    private Map<String, String> controlSettings() {
        return instance.controlFile
                .read(instance.programs())
                .map(ControlDataText::settings)
                .orElse(Map.of());
    }

    private void prepare(EffectiveParameters effective, Optional<RecoverySettings> recovery) throws IOException {
        createDirectories(effective.parameters());
        write(effective, recovery);
    }

    /**
     * Writes postgresql.conf, pg_hba.conf and pg_ident.conf.
     *
     * @return whether any of them is different now
     */
    boolean write(EffectiveParameters effective, Optional<RecoverySettings> recovery) throws IOException {
        PostgresSettings settings = instance.settings();
        ConfigFiles files = files();
        recovery.ifPresent(found -> found.warnings().forEach(log::warn));
        boolean changed = files.writeMain(effective.parameters(), recovery, version());
        if (settings.pgHba().isPresent() && files.managesHba(effective.parameters())) {
            changed |= files.writeHba(settings.pgHba().get());
        }
        if (settings.pgIdent().isPresent() && files.managesIdent(effective.parameters())) {
            changed |= files.writeIdent(settings.pgIdent().get());
        }
        handOver();
        return changed;
    }

    /** Recovery settings of a standby of the upstream. */
    RecoverySettings recovery(Optional<Upstream> upstream, EffectiveParameters effective) {
        PostgresSettings settings = instance.settings();
        Map<String, String> configured = new HashMap<>(effective.recovery());
        configured.putAll(settings.recoveryConf());
        return RecoverySettings.forStandby(
                configured, upstream.flatMap(this::source), ofStandbyCluster(upstream), version());
    }

    /** Only who follows the other cluster delays the replay: the others follow who has delayed it (facts §5.7). */
    private Map<String, String> ofStandbyCluster(Optional<Upstream> upstream) {
        Map<String, String> recovery = new HashMap<>();
        instance.settings().standbyCluster().ifPresent(cluster -> recovery.putAll(cluster.recovery()));
        if (upstream.filter(from -> !from.remote()).isPresent()) {
            recovery.remove("recovery_min_apply_delay");
        }
        return recovery;
    }

    /** On a server outside a slot is used only where the operator names it (facts §5.18). */
    private Optional<String> slotOn(Upstream upstream) {
        PostgresSettings settings = instance.settings();
        if (upstream.remote()) {
            return settings.standbyCluster()
                    .flatMap(PostgresSettings.StandbySettings::slot)
                    .map(SlotName::of);
        }
        return settings.useSlots() ? Optional.of(SlotName.of(settings.memberName())) : Optional.empty();
    }

    private Optional<RecoverySettings.Source> source(Upstream upstream) {
        PostgresSettings settings = instance.settings();
        Optional<MemberUrl> url = MemberUrl.parse(upstream.connUrl());
        if (url.isEmpty()) {
            log.warn(
                    "{} publishes no usable address ('{}'): replaying without streaming",
                    upstream.name(),
                    upstream.connUrl());
        }
        return url.map(address -> new RecoverySettings.Source(
                        SourceConninfo.primary(
                                address.conninfo(),
                                settings.replication(),
                                settings.database(),
                                settings.pgpass(),
                                settings.memberName(),
                                settings.krbServerName(),
                                version()),
                        slotOn(upstream))
                .onlyPrimaryOfSeveral(version()));
    }

    /** Gives the WAL receiver its password, if there is one. */
    void writePassfile(Optional<Upstream> upstream) throws IOException {
        instance.follow(upstream);
        PostgresSettings settings = instance.settings();
        Optional<MemberUrl> url = upstream.flatMap(from -> MemberUrl.parse(from.connUrl()));
        if (url.isPresent() && !settings.replication().password().isEmpty()) {
            PgpassFile.write(
                    settings.pgpass(),
                    Pgpass.text(
                            url.get()
                                    .conninfo()
                                    .with("user", settings.replication().username()),
                            settings.replication().password()));
            instance.account.handOver(settings.pgpass());
        }
    }

    /**
     * The recovery settings that stand in postgresql.conf now, so that rewriting it for another reason keeps them. Of a
     * server that was promoted since its start, those that only a restart can change: without them PostgreSQL would
     * call the file erroneous at every reload. Its next start as primary writes the file without any.
     */
    Optional<RecoverySettings> recoveryInFile() throws IOException {
        if (!version().standbySignal()) {
            return Optional.empty();
        }
        boolean promoted = !new DataFiles(instance.dataDir()).hasRecoverySignal();
        Path main = files().mainFile();
        if (!Files.exists(main)) {
            return Optional.empty();
        }
        SortedMap<String, String> values = new TreeMap<>();
        PostgresqlConf.parse(Files.readString(main, StandardCharsets.ISO_8859_1))
                .forEach((name, value) -> {
                    if (GucTable.standard().isRecovery(name) && (!promoted || needsRestart(name))) {
                        values.put(name, value);
                    }
                });
        if (promoted && values.isEmpty()) {
            return Optional.empty();
        }
        boolean standby = Files.exists(instance.dataDir().resolve("standby.signal"));
        return Optional.of(new RecoverySettings(values, standby, List.of()));
    }

    private boolean needsRestart(String recoveryParameter) {
        return switch (recoveryParameter) {
            case "primary_conninfo", "primary_slot_name" -> !version().primaryConninfoReloadable();
            case "restore_command" -> !version().restoreCommandReloadable();
            default -> recoveryParameter.startsWith("recovery_target");
        };
    }

    private void createDirectories(Map<String, String> parameters) throws IOException {
        List<String> wanted = new ArrayList<>();
        wanted.addAll(Arrays.asList(
                parameters.getOrDefault("unix_socket_directories", "").split(",")));
        wanted.add(parameters.getOrDefault("stats_temp_directory", ""));
        for (String name : wanted) {
            Path directory = instance.dataDir().resolve(name.strip());
            if (!name.isBlank() && !name.strip().startsWith("@") && !Files.exists(directory)) {
                Files.createDirectories(directory);
                instance.account.handOver(directory);
            }
        }
    }

    /** Files of this process are for the server's user to read. */
    void handOver() throws IOException {
        ConfigFiles files = files();
        List<Path> written = new ArrayList<>(
                List.of(files.mainFile(), files.baseFile(), files.hbaFile(), files.identFile(), files.autoFile()));
        for (String name : List.of("standby.signal", "recovery.signal", "recovery.conf")) {
            written.add(instance.dataDir().resolve(name));
        }
        for (Path file : List.of(files.mainFile(), files.baseFile(), files.hbaFile(), files.identFile())) {
            written.add(instance.dataDir().resolve(file.getFileName() + ".backup"));
        }
        for (Path file : written) {
            if (Files.exists(file)) {
                instance.account.handOver(file);
            }
        }
    }
}
