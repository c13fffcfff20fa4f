package io.pgha.agent.runtime;

import io.pgha.config.EtcdConfig;
import io.pgha.config.LocalConfig;
import io.pgha.core.model.HaSettings;
import io.pgha.dcs.Dcs;
import io.pgha.postgres.Postgres;
import io.pgha.postgres.PostgresSettings;

/** Makes the two big neighbours of the loop; tests put others in their place. */
interface Backends {
    /** A client that is not connected yet: its first call connects. */
    Dcs dcs(LocalConfig config, HaSettings settings);

    /** The local server, which is looked for, not touched. */
    Postgres postgres(LocalConfig config, PostgresSettings settings);

    /** Where the DCS is, for the log; without a password. */
    static String whereIsDcs(LocalConfig config) {
        if (config.etcd().discovery() instanceof EtcdConfig.Srv srv) {
            return "SRV records of " + srv.domain();
        }
        return String.join(", ", config.etcd().endpoints());
    }
}
