package io.pgha.config;

import io.pgha.config.value.Values;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What counts on this node now: the local configuration laid over the cluster-wide one with Patroni's precedence
 * (facts §2.1).
 *
 * @param local this node's
 * @param dynamic the cluster's
 * @param postgresql the merged section; its {@code parameters} without the GUCs that only the cluster sets
 */
public record EffectiveConfig(LocalConfig local, DynamicConfig dynamic, PostgresqlConfig postgresql) {

    /** Keys of {@code postgresql} that are never taken from the dynamic configuration. */
    public static final List<String> NEVER_FROM_DYNAMIC =
            List.of("connect_address", "proxy_address", "listen", "config_dir", "data_dir", "pgpass", "authentication");

    /** Merges the two. */
    public static EffectiveConfig of(LocalConfig local, DynamicConfig dynamic) {
        Map<String, Object> section = merged(local.values().section("postgresql"), dynamic.postgresql());
        return new EffectiveConfig(local, dynamic, PostgresqlSection.read(new Values(section), dynamic.useSlots()));
    }

    /** Times that keep the rule, with what had to be adjusted. */
    public Timing.Enforced timing(Timing.Limits limits) {
        return dynamic.timing(limits);
    }

    /**
     * All GUCs for a role: those for all roles, the role's own over them, and those that only the cluster sets with their
     * defaults, including listen_addresses, port and cluster_name (facts §2.5, §2.6).
     *
     * @param role the server's role
     * @param majorVersion of the server, for example 16
     */
    public Map<String, String> serverParameters(ServerRole role, int majorVersion) {
        Map<String, String> result = new LinkedHashMap<>(postgresql.server().parameters());
        Values section = postgresql.server().section();
        section.settings("parameters_" + role.suffix()).forEach((name, value) -> {
            if (!ControlledParameters.contains(name)) {
                result.put(name, value);
            }
        });
        result.putAll(ControlledParameters.effective(
                dynamic.postgresql().section("parameters").map(), majorVersion));
        result.put("listen_addresses", postgresql.listen().listenAddresses());
        result.put("port", Integer.toString(postgresql.listen().port()));
        result.put("cluster_name", local.scope());
        return Collections.unmodifiableMap(result);
    }

    private static Map<String, Object> merged(Values local, Values dynamic) {
        Map<String, Object> section = new LinkedHashMap<>();
        dynamic.map().forEach((key, value) -> {
            if (value != null && !NEVER_FROM_DYNAMIC.contains(key)) {
                section.put(key, value);
            }
        });
        local.map().forEach((key, value) -> {
            if (value != null && !key.equals("use_slots")) {
                section.put(key, value);
            }
        });
        Map<String, Object> parameters = new LinkedHashMap<>();
        addUncontrolled(dynamic.section("parameters"), parameters);
        addUncontrolled(local.section("parameters"), parameters);
        section.put("parameters", Collections.unmodifiableMap(parameters));
        return Collections.unmodifiableMap(section);
    }

    private static void addUncontrolled(Values parameters, Map<String, Object> target) {
        parameters.map().forEach((name, value) -> {
            if (!ControlledParameters.contains(name)) {
                target.put(name, value);
            }
        });
    }
}
