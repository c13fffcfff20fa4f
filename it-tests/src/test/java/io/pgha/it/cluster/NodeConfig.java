package io.pgha.it.cluster;

import java.nio.file.Path;

/**
 * What one node's YAML says. Tests of bad inputs change one of these, or the text.
 *
 * @param scope the cluster's name
 * @param name the member's
 * @param etcdPort on loopback
 * @param restPort of the agent
 * @param sqlPort of PostgreSQL
 * @param folder holds the node's files; PostgreSQL's user may write it
 * @param timing of the dynamic configuration at bootstrap
 * @param superuserPassword {@link #PASSWORD} unless a test wants another
 * @param replicationPassword likewise
 */
public record NodeConfig(
        String scope,
        String name,
        int etcdPort,
        int restPort,
        int sqlPort,
        Path folder,
        Timing timing,
        String superuserPassword,
        String replicationPassword) {
    static final String PASSWORD = "secret";

    Path dataDir() {
        return folder.resolve("data");
    }

    NodeConfig withSuperuserPassword(String password) {
        return new NodeConfig(scope, name, etcdPort, restPort, sqlPort, folder, timing, password, replicationPassword);
    }

    NodeConfig withReplicationPassword(String password) {
        return new NodeConfig(scope, name, etcdPort, restPort, sqlPort, folder, timing, superuserPassword, password);
    }

    NodeConfig withName(String other) {
        return new NodeConfig(
                scope, other, etcdPort, restPort, sqlPort, folder, timing, superuserPassword, replicationPassword);
    }

    /** The file's text; Patroni reads it, too. */
    String yaml() {
        return """
                scope: %s
                name: %s
                restapi:
                  listen: 127.0.0.1:%d
                  connect_address: 127.0.0.1:%d
                etcd3:
                  hosts: 127.0.0.1:%d
                bootstrap:
                  dcs:
                    ttl: %d
                    loop_wait: %d
                    retry_timeout: %d
                    maximum_lag_on_failover: 1048576
                    postgresql:
                      use_pg_rewind: true
                      use_slots: true
                      parameters:
                        max_connections: 50
                        wal_log_hints: "on"
                      pg_hba:
                        - local all all scram-sha-256
                        - host all all 127.0.0.1/32 scram-sha-256
                        - host replication replicator 127.0.0.1/32 scram-sha-256
                  initdb:
                    - encoding: UTF8
                    - data-checksums
                    - auth: scram-sha-256
                postgresql:
                  listen: 127.0.0.1:%d
                  connect_address: 127.0.0.1:%d
                  data_dir: %s
                  bin_dir: %s
                  pgpass: %s
                  authentication:
                    superuser: {username: postgres, password: %s}
                    replication: {username: replicator, password: %s}
                    rewind: {username: rewinder, password: %s}
                  parameters:
                    unix_socket_directories: %s
                    shared_buffers: 32MB
                """.formatted(
                        scope,
                        name,
                        restPort,
                        restPort,
                        etcdPort,
                        timing.ttl(),
                        timing.loopWait(),
                        timing.retryTimeout(),
                        sqlPort,
                        sqlPort,
                        dataDir(),
                        Machine.postgresBin().orElseThrow(),
                        folder.resolve("pgpass"),
                        superuserPassword,
                        replicationPassword,
                        PASSWORD,
                        folder);
    }
}
