package io.pgha.sim.port;

import io.pgha.agent.port.Configuration;
import io.pgha.agent.port.MemberIdentity;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Role;
import java.util.Map;
import java.util.Optional;

/** Settings that stay as they are. */
public record SimConfiguration(HaSettings settings) implements Configuration {
    @Override
    public MemberIdentity identity() {
        String host = settings.name();
        return new MemberIdentity(
                "postgres://" + host + ":5432/postgres", "http://" + host + ":8008/patroni", "4.1.4", Optional.empty());
    }

    @Override
    public void offer(DynamicConfigKey config) {
        // The world's clusters are configured once and for all.
    }

    @Override
    public Map<String, Object> dynamic() {
        return Map.of("ttl", settings.ttl().toSeconds());
    }

    @Override
    public void role(Role role) {
        // No parameter depends on the role.
    }
}
