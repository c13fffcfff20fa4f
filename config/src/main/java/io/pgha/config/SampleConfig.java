package io.pgha.config;

import java.util.Locale;

/** {@code pgha --generate-sample-config}: a configuration to start from (facts §2.13). */
public final class SampleConfig {

    private SampleConfig() {}

    /**
     * A complete configuration in YAML; what only the operator knows is marked FIXME.
     *
     * @param hostName becomes the name of the member
     * @param address where others reach this machine
     * @param majorVersion of the PostgreSQL to run, 11 or newer
     */
    public static String yaml(String hostName, String address, int majorVersion) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        String name = hostName.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]", "-")
                .replaceFirst("^[.-]+", "");
        String walKeep = majorVersion >= 13 ? "wal_keep_size: 128MB" : "wal_keep_segments: 8";
        return """
                scope: main
                name: %s
                namespace: /service/

                etcd3:
                  hosts: "%s:2379"  # FIXME all servers of etcd, separated by commas
                  # username: pgha
                  # password: FIXME

                restapi:
                  listen: "%s:8008"
                  connect_address: "%s:8008"
                  # authentication:
                  #   username: pgha
                  #   password: FIXME

                bootstrap:
                  # The first content of the cluster-wide configuration; later: hactl edit-config
                  dcs:
                    ttl: 30
                    loop_wait: 10
                    retry_timeout: 10
                    maximum_lag_on_failover: 1048576
                    postgresql:
                      use_pg_rewind: true
                      use_slots: true
                      parameters:
                        max_connections: 100
                        max_wal_senders: 10
                        max_replication_slots: 10
                        wal_level: replica
                        wal_log_hints: "on"
                        hot_standby: "on"
                        %s
                  initdb:
                    - encoding: UTF8
                    - data-checksums

                postgresql:
                  listen: "%s,127.0.0.1:5432"
                  connect_address: "%s:5432"
                  data_dir: /var/lib/postgresql/%d/main
                  bin_dir: /usr/lib/postgresql/%d/bin
                  pgpass: /var/lib/postgresql/.pgpass-pgha
                  authentication:
                    superuser:
                      username: postgres
                      password: "FIXME"
                    replication:
                      username: replicator
                      password: "FIXME"
                    rewind:
                      username: rewind_user
                      password: "FIXME"
                  parameters:
                    unix_socket_directories: /var/run/postgresql
                    password_encryption: scram-sha-256
                  pg_hba:
                    - local all all peer
                    - host all all 127.0.0.1/32 scram-sha-256
                    - host replication replicator samenet scram-sha-256
                    - host all all samenet scram-sha-256  # FIXME where clients come from

                tags:
                  nofailover: false
                  noloadbalance: false
                  clonefrom: false
                  nosync: false
                """.formatted(name, host, host, host, walKeep, host, host, majorVersion, majorVersion);
    }
}
