package io.pgha.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that this module has to know of the configuration, already merged and validated (facts §2.5–2.7).
 *
 * @param memberName this member's name: application_name, and by facts §1.9 the slot's name
 * @param scope the cluster's name: {@code cluster_name}
 * @param dataDir the data directory
 * @param configDir where postgresql.conf, pg_hba.conf and pg_ident.conf live; usually the data directory
 * @param configBaseName file stem, {@code postgresql}
 * @param binDir where the programs are; empty path: found through PATH
 * @param programNames other names of programs, by usual name ({@code pg_ctl}, {@code postgres}, …)
 * @param listenAddresses value of {@code listen_addresses}
 * @param port TCP port
 * @param connectAddress {@code host:port} published to others
 * @param database maintenance database
 * @param useUnixSocket own connections through the first absolute socket directory
 * @param useUnixSocketForReplication the same for replication connections
 * @param pgpass path of the libpq password file that pgha writes
 * @param superuser credentials of the superuser
 * @param replication credentials for replication
 * @param rewind credentials for pg_rewind; those of the superuser where none are configured
 * @param krbServerName {@code krbsrvname}, or empty text
 * @param parameters wanted parameters of the current role, DCS-controlled ones included, as text
 * @param pgHba lines of pg_hba.conf; empty optional: not managed
 * @param pgIdent lines of pg_ident.conf; empty optional: not managed
 * @param customConf file included instead of the base configuration
 * @param recoveryConf extra recovery settings of standbys
 * @param standbyCluster what following another cluster needs; empty: this cluster follows none
 * @param useSlots whether standbys stream through a slot
 * @param useRewind {@code use_pg_rewind}
 * @param rewindOptions options of pg_rewind as written: {@code --name} or {@code --name=value}
 * @param rejoinTimeout how long pg_rewind and pg_basebackup may show no progress, and the leader may take for its first
 *     checkpoint
 * @param pgCtlTimeout how long to wait for a start
 * @param createReplicaMethods in order
 * @param methods section of each custom method by name (command, keep_data, no_params, no_leader, others)
 * @param basebackupOptions options of pg_basebackup as long options
 * @param prePromote command before a promotion
 * @param beforeStop command before a stop
 * @param bootstrap what a new cluster needs
 */
public record PostgresSettings(
        String memberName,
        String scope,
        Path dataDir,
        Path configDir,
        String configBaseName,
        Path binDir,
        Map<String, String> programNames,
        String listenAddresses,
        int port,
        String connectAddress,
        String database,
        boolean useUnixSocket,
        boolean useUnixSocketForReplication,
        Path pgpass,
        Credentials superuser,
        Credentials replication,
        Credentials rewind,
        String krbServerName,
        Map<String, String> parameters,
        Optional<List<String>> pgHba,
        Optional<List<String>> pgIdent,
        Optional<Path> customConf,
        Map<String, String> recoveryConf,
        Optional<StandbySettings> standbyCluster,
        boolean useSlots,
        boolean useRewind,
        List<String> rewindOptions,
        Duration rejoinTimeout,
        Duration pgCtlTimeout,
        List<String> createReplicaMethods,
        Map<String, Map<String, Object>> methods,
        List<String> basebackupOptions,
        Optional<String> prePromote,
        Optional<String> beforeStop,
        BootstrapSettings bootstrap) {
    public PostgresSettings {
        programNames = Map.copyOf(programNames);
        parameters = Map.copyOf(parameters);
        pgHba = pgHba.map(List::copyOf);
        pgIdent = pgIdent.map(List::copyOf);
        recoveryConf = Map.copyOf(recoveryConf);
        rewindOptions = List.copyOf(rewindOptions);
        createReplicaMethods = List.copyOf(createReplicaMethods);
        methods = Map.copyOf(methods);
        basebackupOptions = List.copyOf(basebackupOptions);
    }

    /**
     * How to connect as one of our roles.
     *
     * @param username role name; empty text: the operating system's user
     * @param password empty text: none
     * @param options libpq connection options such as {@code sslmode}, in the order of facts §6.6
     */
    public record Credentials(String username, String password, Map<String, String> options) {
        public Credentials {
            options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
        }

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Credentials[" + username + ", password " + (password.isEmpty() ? "not set" : "set") + ", "
                    + options.keySet() + "]";
        }
    }

    /**
     * The dynamic section {@code standby_cluster}, without the address (facts §2.3).
     *
     * @param slot the slot to use on the remote primary; empty: none
     * @param createReplicaMethods how the standby leader is copied; empty: as any replica
     * @param recovery restore_command, archive_cleanup_command and recovery_min_apply_delay where given
     */
    public record StandbySettings(
            Optional<String> slot, List<String> createReplicaMethods, Map<String, String> recovery) {
        public StandbySettings {
            createReplicaMethods = List.copyOf(createReplicaMethods);
            recovery = Map.copyOf(recovery);
        }
    }

    /**
     * The section {@code bootstrap} (facts §2.7).
     *
     * @param method name of a custom method, or empty for initdb
     * @param methodOptions the section of that method
     * @param initdbOptions as long options
     * @param pgHba lines appended after initdb when postgresql.pg_hba is not set
     * @param postBootstrap command run once on the new primary
     * @param users roles to create (Patroni dropped it; our users' files have it)
     */
    public record BootstrapSettings(
            Optional<String> method,
            Map<String, Object> methodOptions,
            List<String> initdbOptions,
            List<String> pgHba,
            Optional<String> postBootstrap,
            List<BootstrapUser> users) {}

    /**
     * A role to create on a new cluster.
     *
     * @param name role name
     * @param password empty text: none
     * @param options words such as {@code createrole}
     */
    public record BootstrapUser(String name, String password, List<String> options) {
        /** Never shows the password. */
        @Override
        public String toString() {
            return "BootstrapUser[" + name + ", " + options + "]";
        }
    }
}
