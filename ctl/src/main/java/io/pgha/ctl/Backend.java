package io.pgha.ctl;

import io.pgha.config.ClientConfig;
import io.pgha.config.CtlConfig;
import io.pgha.config.EtcdConfig;

/** What a command reaches the world through; tests put another one in its place. */
interface Backend {
    /** Connects to the DCS, at the first read at the latest. */
    ClusterStore store(EtcdConfig etcd, ClientConfig config, String namespace);

    /** How members are asked. */
    MemberClient members(CtlConfig config);
}
