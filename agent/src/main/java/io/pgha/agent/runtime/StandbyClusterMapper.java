package io.pgha.agent.runtime;

import io.pgha.config.EffectiveConfig;
import io.pgha.config.StandbyCluster;
import io.pgha.core.model.StandbySource;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.PostgresSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says what stands under {@code standby_cluster} in the words of the core and of the module postgres (facts §2.3, §5.18). */
final class StandbyClusterMapper {
    private static final String NAME = "the remote primary";
    private static final String NO_HOST = "localhost";
    private static final String USUAL_PORT = "5432";

    private StandbyClusterMapper() {}

    static Optional<StandbySource> source(EffectiveConfig config) {
        return config.dynamic().standbyCluster().map(cluster -> new StandbySource(remote(cluster)));
    }

    static Optional<PostgresSettings.StandbySettings> postgres(EffectiveConfig config) {
        return config.dynamic()
                .standbyCluster()
                .map(cluster -> new PostgresSettings.StandbySettings(
                        cluster.primarySlotName(), cluster.createReplicaMethods(), cluster.recoverySettings()));
    }

    /** Whether a replica can be made without a leader, by the methods that count for a standby cluster (facts §5.6). */
    static boolean leaderlessMethod(EffectiveConfig config, StandbyCluster cluster) {
        return cluster.createReplicaMethods().stream()
                .anyMatch(method ->
                        config.postgresql().server().section().section(method).bool("no_leader", false));
    }

    /** Empty when only the archive is given: nothing is streamed then. */
    private static Optional<Upstream> remote(StandbyCluster cluster) {
        if (cluster.host().isEmpty() && cluster.port().isEmpty()) {
            return Optional.empty();
        }
        List<String> hosts = list(cluster.host().orElse(NO_HOST));
        List<String> ports = list(cluster.port().orElse(USUAL_PORT));
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            String port = ports.size() == hosts.size() ? ports.get(i) : ports.get(0);
            addresses.add(bracketed(hosts.get(i)) + ":" + port);
        }
        return Optional.of(new Upstream(NAME, "postgres://" + String.join(",", addresses), true));
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    private static String bracketed(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }
}
