package io.pgha.config;

import io.pgha.config.value.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The section {@code bootstrap}: how a cluster is born (facts §2.7).
 *
 * @param dcs the first dynamic configuration
 * @param custom the custom method; empty: initdb
 * @param initdb options of initdb
 * @param pgHba lines appended to pg_hba.conf after initdb or the custom method, unless {@code postgresql.pg_hba} is given
 * @param postBootstrap command that runs once on the new primary
 * @param users roles to create on the new primary
 */
public record BootstrapConfig(
        DynamicConfig dcs,
        Optional<Method> custom,
        CommandOptions initdb,
        List<String> pgHba,
        Optional<String> postBootstrap,
        List<User> users) {

    public BootstrapConfig {
        pgHba = List.copyOf(pgHba);
        users = List.copyOf(users);
    }

    /**
     * A command that creates the data directory.
     *
     * @param name of its section
     * @param command command line, split as a shell would
     * @param noParams whether {@code --scope=} and {@code --datadir=} are left out
     * @param keepExistingRecoveryConf whether recovery files made by the command are kept
     * @param recoveryConf recovery settings to write
     * @param arguments further {@code --name=value} arguments
     */
    public record Method(
            String name,
            String command,
            boolean noParams,
            boolean keepExistingRecoveryConf,
            Map<String, String> recoveryConf,
            Map<String, String> arguments) {

        public Method {
            recoveryConf = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(recoveryConf));
            arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }
    }

    /**
     * A role to create.
     *
     * @param name of the role
     * @param password none: it cannot log in with one
     * @param options attributes as CREATE ROLE takes them, for example {@code createdb}
     */
    public record User(String name, Optional<Secret> password, List<String> options) {
        public User {
            options = List.copyOf(options);
        }
    }
}
