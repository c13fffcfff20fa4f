package io.pgha.postgres.conf;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.postgres.version.PostgresVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From the parameters that somebody wants to those that the server gets: the ones under DCS control have defaults and
 * lower limits (facts §2.5), the others pass {@link GucTable} (facts §6.4).
 */
public final class ServerParameters {
    /** The parameters on the command line, in this order (facts §6.2): nothing in a file overrides them. */
    public static final List<String> COMMAND_LINE = List.of(
            "listen_addresses",
            "port",
            "cluster_name",
            "wal_level",
            "hot_standby",
            "max_connections",
            "max_wal_senders",
            "max_prepared_transactions",
            "max_locks_per_transaction",
            "track_commit_timestamp",
            "max_replication_slots",
            "max_worker_processes",
            "wal_log_hints");

    private static final Set<String> FIXED = Set.of("listen_addresses", "port", "cluster_name");

    /** Where the server finds its files is our command line's business; in a file they stop it from starting. */
    private static final Set<String> FORBIDDEN = Set.of("config_file", "data_directory");

    private static final Map<String, String> DEFAULTS = Map.of(
            "max_connections", "100",
            "max_wal_senders", "10",
            "max_prepared_transactions", "0",
            "max_locks_per_transaction", "64",
            "max_replication_slots", "10",
            "max_worker_processes", "8");

    private static final Map<String, Integer> MINIMUM = Map.of(
            "max_connections", 25,
            "max_wal_senders", 3,
            "max_prepared_transactions", 0,
            "max_locks_per_transaction", 32,
            "max_replication_slots", 4,
            "max_worker_processes", 2);

    private static final int SEGMENT_MEGABYTES = 16;

    private final PostgresVersion version;
    private final Set<String> describedByServer;
    private final Map<String, String> wanted = new TreeMap<>();
    private final SortedMap<String, String> parameters = new TreeMap<>();
    private final Map<String, String> recovery = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private ServerParameters(PostgresVersion version, Set<String> describedByServer) {
        this.version = version;
        this.describedByServer = describedByServer;
    }

    /**
     * The parameters for a server.
     *
     * @param wanted by name, any case; those of {@code fixed} in it are ignored
     * @param fixed what the agent itself decides
     * @param describedByServer names that {@code postgres --describe-config} lists; may be empty when it failed
     */
    public static EffectiveParameters effective(
            Map<String, String> wanted, Fixed fixed, PostgresVersion version, Set<String> describedByServer) {
        ServerParameters work = new ServerParameters(version, describedByServer);
        work.sort(wanted);
        work.parameters.put("listen_addresses", fixed.listenAddresses());
        work.parameters.put("port", Integer.toString(fixed.port()));
        work.parameters.put("cluster_name", fixed.clusterName());
        work.controlled();
        work.walKeep();
        work.wanted.forEach(work::put);
        return new EffectiveParameters(work.parameters, work.recovery, work.warnings);
    }

    /**
     * What the agent decides, whatever the parameters say.
     *
     * @param listenAddresses without port
     * @param port TCP port
     * @param clusterName the scope
     */
    public record Fixed(String listenAddresses, int port, String clusterName) {}

    /** Options {@code --name=value} in the order of facts §6.2. */
    public static List<String> commandLine(Map<String, String> parameters) {
        return COMMAND_LINE.stream()
                .filter(parameters::containsKey)
                .map(name -> "--" + name + "=" + parameters.get(name))
                .toList();
    }

    /**
     * A standby must not have lower limits than the primary had whose WAL it replays, or it refuses to start: where the
     * control file has a larger value, that one is used until the next restart (facts §6.2).
     *
     * @param parameters those of {@link EffectiveParameters}
     * @param controlSettings of {@link ControlDataText#settings()}
     */
    public static ForStandby forStandby(
            Map<String, String> parameters, Map<String, String> controlSettings, PostgresVersion version) {
        SortedMap<String, String> adjusted = new TreeMap<>(parameters);
        Map<String, PendingRestartReason> reasons = new TreeMap<>();
        List<String> names = new ArrayList<>(List.of(
                "max_connections", "max_prepared_transactions", "max_locks_per_transaction", "max_worker_processes"));
        if (version.walSendersMustMatch()) {
            names.add("max_wal_senders");
        }
        for (String name : names) {
            OptionalDouble control = GucNumber.parse(controlSettings.getOrDefault(name, ""), "", true);
            OptionalDouble own = GucNumber.parse(parameters.getOrDefault(name, ""), "", true);
            if (control.isPresent() && own.isPresent() && control.getAsDouble() > own.getAsDouble()) {
                adjusted.put(name, GucNumber.text(control.getAsDouble()));
                reasons.put(
                        name,
                        new PendingRestartReason(
                                GucNumber.text(control.getAsDouble()), GucNumber.text(own.getAsDouble())));
            }
        }
        return new ForStandby(adjusted, reasons);
    }

    /**
     * Parameters of a standby.
     *
     * @param parameters with the raised values
     * @param pendingRestart what waits for a restart, by name: in force (from the control file), and wanted
     */
    public record ForStandby(SortedMap<String, String> parameters, Map<String, PendingRestartReason> pendingRestart) {}

    /** The value that {@code wal_buffers = -1} stands for, in blocks of 8 kB (facts §6.5). */
    public static long walBuffers(long sharedBuffersBlocks, long walSegmentBytes) {
        return Math.max(8, Math.min(sharedBuffersBlocks / 32, walSegmentBytes / 8192));
    }

    /** The word that all supported versions use for a WAL level. */
    static String walLevel(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.equals("hot_standby") || lower.equals("archive") ? "replica" : lower;
    }

    private void sort(Map<String, String> given) {
        GucTable table = GucTable.standard();
        new TreeMap<>(given).forEach((name, value) -> {
            String canonical = table.canonicalName(name);
            if (table.isRecovery(name)) {
                recovery.put(canonical, value);
            } else if (FORBIDDEN.contains(canonical)) {
                warnings.add("removed the parameter " + canonical + ": the agent's configuration decides it");
            } else if (!FIXED.contains(canonical)) {
                wanted.put(canonical, value);
            }
        });
    }

    private void controlled() {
        String level = walLevel(take("wal_level", "replica"));
        if (!level.equals("replica") && !level.equals("logical")) {
            warnings.add("wal_level '" + Conninfo.printable(level) + "' does not allow replication: using replica");
            level = "replica";
        }
        parameters.put("wal_level", level);
        String hotStandby = take("hot_standby", "on");
        if (!GucTable.bool(hotStandby).orElse(false)) {
            warnings.add("hot_standby must be on: the agent has to connect to standbys");
        }
        parameters.put("hot_standby", "on");
        DEFAULTS.forEach((name, otherwise) -> {
            String value = take(name, otherwise);
            OptionalDouble number = GucNumber.parse(value, "", true);
            boolean fits = number.isPresent() && number.getAsDouble() >= MINIMUM.getOrDefault(name, 0);
            if (!fits) {
                warnings.add("the value '" + Conninfo.printable(value) + "' of " + name
                        + " is not a number of at least " + MINIMUM.get(name) + ": using " + otherwise);
            }
            put(name, fits ? value : otherwise);
        });
        flag("track_commit_timestamp", "off");
        flag("wal_log_hints", "on");
    }

    private void flag(String name, String otherwise) {
        String value = take(name, otherwise);
        if (GucTable.bool(value).isEmpty()) {
            warnings.add("the value '" + Conninfo.printable(value) + "' of " + name + " is not a boolean: using "
                    + otherwise);
            value = otherwise;
        }
        parameters.put(name, value);
    }

    private void walKeep() {
        String size = take("wal_keep_size", "");
        String segments = take("wal_keep_segments", "");
        if (version.walKeepSize()) {
            if (size.isEmpty() && !segments.isEmpty()) {
                OptionalDouble count = GucNumber.parse(segments, "", true);
                size = count.isPresent() ? GucNumber.text(count.getAsDouble() * SEGMENT_MEGABYTES) + "MB" : segments;
            }
            parameters.put("wal_keep_size", atLeast("wal_keep_size", size, "MB", SEGMENT_MEGABYTES, "128MB"));
        } else {
            if (segments.isEmpty() && !size.isEmpty()) {
                OptionalDouble megabytes = GucNumber.parse(size, "MB", true);
                segments = megabytes.isPresent()
                        ? GucNumber.text(Math.floor((megabytes.getAsDouble() + 8) / SEGMENT_MEGABYTES))
                        : size;
            }
            parameters.put("wal_keep_segments", atLeast("wal_keep_segments", segments, "", 1, "8"));
        }
    }

    private String atLeast(String name, String value, String unit, int minimum, String otherwise) {
        OptionalDouble number = GucNumber.parse(value, unit, true);
        if (number.isPresent() && number.getAsDouble() >= minimum) {
            return value;
        }
        if (!value.isEmpty()) {
            warnings.add("the value '" + Conninfo.printable(value) + "' of " + name + " is not at least " + minimum
                    + unit + ": using " + otherwise);
        }
        return otherwise;
    }

    private void put(String name, String value) {
        GucVerdict verdict = GucTable.standard().check(name, value, version, describedByServer);
        if (verdict instanceof GucVerdict.Kept kept) {
            parameters.put(name, kept.value());
        } else if (verdict instanceof GucVerdict.Clamped clamped) {
            parameters.put(name, clamped.value());
            warnings.add(clamped.warning());
        } else if (verdict instanceof GucVerdict.Dropped dropped) {
            warnings.add(dropped.warning());
        }
    }

    private String take(String name, String otherwise) {
        String value = wanted.remove(name);
        return value == null ? otherwise : value;
    }
}
