package io.pgha.config;

import java.util.Optional;

/**
 * What hactl needs of a configuration; everything may be missing because the command line may give it (facts §4.1).
 *
 * @param scope name of the cluster
 * @param namespace first part of the DCS keys, without slashes at its ends
 * @param etcd the DCS
 * @param ctl how members are called
 * @param agent where the agent of this configuration is, if it is one of an agent
 * @param citus the Citus group
 */
public record ClientConfig(
        Optional<String> scope,
        String namespace,
        Optional<EtcdConfig> etcd,
        CtlConfig ctl,
        Optional<AgentAddress> agent,
        Optional<CitusConfig> citus) {}
