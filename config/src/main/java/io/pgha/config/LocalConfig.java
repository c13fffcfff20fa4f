package io.pgha.config;

import io.pgha.config.value.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is configured on this node: files with environment variables laid over them, validated.
 *
 * @param name of the member
 * @param scope name of the cluster
 * @param namespace first part of the DCS keys, without slashes at its ends
 * @param etcd the DCS
 * @param restApi the node's HTTP interface
 * @param ctl how members are called
 * @param log where and what to log
 * @param postgresql the local section; for what counts on a running node see {@link EffectiveConfig}
 * @param bootstrap how to create a cluster; empty: this node never does
 * @param watchdog the watchdog device
 * @param tags of the member
 * @param citus the Citus group
 * @param serverEnvironment environment variables for PostgreSQL's processes
 * @param raw everything as it was written, unknown keys included
 */
public record LocalConfig(
        String name,
        String scope,
        String namespace,
        EtcdConfig etcd,
        RestApiConfig restApi,
        CtlConfig ctl,
        LogConfig log,
        PostgresqlConfig postgresql,
        Optional<BootstrapConfig> bootstrap,
        WatchdogConfig watchdog,
        Tags tags,
        Optional<CitusConfig> citus,
        Map<String, String> serverEnvironment,
        Map<String, Object> raw) {

    public LocalConfig {
        serverEnvironment = Map.copyOf(serverEnvironment);
        raw = Collections.unmodifiableMap(new LinkedHashMap<>(raw));
    }

    /** Top-level keys as they were written. */
    public Values values() {
        return new Values(raw);
    }

    /** The prefix of all keys of this cluster in the DCS, {@code /namespace/scope/} or {@code /namespace/scope/group/}. */
    public String dcsPrefix() {
        String prefix = "/" + namespace + "/" + scope + "/";
        return citus.map(section -> prefix + section.group() + "/").orElse(prefix);
    }

    /** Without the raw values: some are secrets. */
    @Override
    public String toString() {
        return "LocalConfig[name=" + name + ", scope=" + scope + ", namespace=" + namespace + ", etcd=" + etcd
                + ", restApi=" + restApi + ", postgresql=" + postgresql + ", tags=" + tags + "]";
    }
}
