package io.pgha.config;

import io.pgha.config.value.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code postgresql} (facts §2.6).
 *
 * @param listen listen addresses and port
 * @param connectAddress where others reach the server
 * @param proxyAddress where clients reach it through a proxy or pooler
 * @param database maintenance database
 * @param files where everything lies
 * @param authentication who connects
 * @param connections how the agent itself connects
 * @param server parameters, pg_hba, pg_ident, recovery settings
 * @param copying how replicas are made
 * @param rewinding how an old primary comes back
 * @param hooks commands to run
 * @param pgCtlTimeout how long a start may take; zero: it is not waited for
 */
public record PostgresqlConfig(
        ListenAddress listen,
        HostPort connectAddress,
        Optional<HostPort> proxyAddress,
        String database,
        Files files,
        Authentication authentication,
        Connections connections,
        Server server,
        Copying copying,
        Rewinding rewinding,
        Hooks hooks,
        Duration pgCtlTimeout) {

    /**
     * Directories and files.
     *
     * @param dataDir the data directory
     * @param configDir where the configuration files live, the data directory where nothing else is said
     * @param configBaseName stem of {@code <stem>.conf} and {@code <stem>.base.conf}
     * @param customConf a file to include instead of {@code <stem>.base.conf}
     * @param binDir PostgreSQL's programs; empty: found through PATH
     * @param binNames other names of programs, by their usual names
     * @param pgpass libpq's password file, written by the agent
     */
    public record Files(
            Path dataDir,
            Path configDir,
            String configBaseName,
            Optional<String> customConf,
            Optional<Path> binDir,
            Map<String, String> binNames,
            Path pgpass) {

        /** The program to call for a tool such as {@code pg_ctl}: its renamed name, in bin_dir if there is one. */
        public String program(String tool) {
            String name = binNames.getOrDefault(tool, tool);
            return binDir.map(directory -> directory.resolve(name).toString()).orElse(name);
        }
    }

    /** Whether the agent's own and its replication connections go through the Unix socket; Kerberos service name. */
    public record Connections(boolean unixSocket, boolean unixSocketForReplication, Optional<String> krbsrvname) {}

    /**
     * What is written into the server's configuration files. Use {@link EffectiveConfig} to get what counts for a role.
     *
     * @param section the whole section as it was written and merged, with role variants
     * @param recoveryConf extra recovery settings of standbys
     * @param useSlots whether replicas get physical slots on the leader
     */
    public record Server(Values section, Map<String, String> recoveryConf, boolean useSlots) {

        /** GUCs for all roles, before the cluster-wide ones are enforced. */
        public Map<String, String> parameters() {
            return section.settings("parameters");
        }

        /** Lines of pg_hba.conf for the role; empty: the file is left alone. */
        public Optional<List<String>> pgHba(ServerRole role) {
            return lines("pg_hba", role);
        }

        /** Lines of pg_ident.conf for the role; empty: the file is left alone. */
        public Optional<List<String>> pgIdent(ServerRole role) {
            return lines("pg_ident", role);
        }

        private Optional<List<String>> lines(String key, ServerRole role) {
            String variant = key + "_" + role.suffix();
            String name = section.has(variant) ? variant : key;
            return section.has(name) ? Optional.of(section.texts(name)) : Optional.empty();
        }
    }

    /**
     * How replicas are made.
     *
     * @param methods in the order in which they are tried, {@code basebackup} among them
     * @param basebackup options of pg_basebackup
     */
    public record Copying(List<ReplicaMethod> methods, CommandOptions basebackup) {
        public Copying {
            methods = List.copyOf(methods);
        }
    }

    /**
     * One of {@code create_replica_methods}.
     *
     * @param name {@code basebackup} or the name of a section
     * @param command command line; the name where the section has none
     * @param keepData whether the data directory is kept before the command and after its failure
     * @param noParams whether the agent's own arguments are left out
     * @param noLeader whether it also works while the cluster has no leader
     * @param arguments further {@code --key=value} arguments
     */
    public record ReplicaMethod(
            String name,
            String command,
            boolean keepData,
            boolean noParams,
            boolean noLeader,
            Map<String, String> arguments) {

        /** Whether this is the built-in pg_basebackup. */
        public boolean basebackup() {
            return name.equals("basebackup");
        }
    }

    /** Whether pg_rewind is used and with which options; how long it may be silent; what happens to a directory that cannot be rewound. */
    public record Rewinding(
            boolean usePgRewind,
            CommandOptions options,
            Duration rejoinTimeout,
            boolean removeDataDirectoryOnRewindFailure,
            boolean removeDataDirectoryOnDivergedTimelines) {}

    /** Commands: callbacks by event (on_start, on_stop, on_restart, on_reload, on_role_change), pre_promote, before_stop. */
    public record Hooks(Map<String, String> callbacks, Optional<String> prePromote, Optional<String> beforeStop) {}
}
