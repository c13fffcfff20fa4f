package io.pgha.sim.world;

import io.pgha.core.model.Tags;
import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster is made of.
 *
 * @param nodes how many
 * @param timing ttl and the like, with which the cluster begins
 * @param config the rest of the dynamic configuration with which it begins
 * @param tags by the name of the node; who has none is not in it
 * @param patroni the nodes that begin with an agent of Patroni, and when each of them is upgraded to pgha
 */
public record Shape(
        int nodes, Timing timing, Map<String, Object> config, Map<String, Tags> tags, Map<String, Duration> patroni) {
    private static final List<Integer> SIZES = List.of(3, 3, 3, 2, 4, 5);
    /** Most clusters run with the defaults; a quick one costs ten times as much to simulate. */
    private static final int ONE_QUICK_IN = 16;

    private static final List<Timing> QUICK = List.of(
            Timing.seconds(30, 5, 5), Timing.seconds(20, 2, 3), Timing.seconds(10, 2, 3), Timing.seconds(5, 1, 2));

    /** Patroni allows no shorter one (facts §2.2). */
    private static final Duration PATRONI_TTL = Duration.ofSeconds(20);

    /** The key that makes a cluster follow another one. */
    public static final String STANDBY_CLUSTER = "standby_cluster";

    /** A way to make a replica that needs no leader (facts §5.6). */
    private static final Map<String, Object> FROM_ARCHIVE = ordered(Map.of(
            "create_replica_methods",
            List.of("archive", "basebackup"),
            "archive",
            ordered(Map.of("command", "/bin/true", "no_leader", true))));

    public Shape {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        patroni = Collections.unmodifiableMap(new TreeMap<>(patroni));
    }

    /** Nodes of pgha alone. */
    public Shape(int nodes, Timing timing, Map<String, Object> config, Map<String, Tags> tags) {
        this(nodes, timing, config, tags, Map.of());
    }

    /** Nodes that are all alike, under Patroni's defaults. */
    public static Shape plain(int nodes, Timing timing) {
        return new Shape(nodes, timing, Map.of(), Map.of());
    }

    /** A cluster by chance. */
    public static Shape random(Chance chance) {
        int nodes = chance.pick(SIZES);
        Timing timing = chance.oneIn(ONE_QUICK_IN) ? chance.pick(QUICK) : Timing.NORMAL;
        Map<String, Object> config = new LinkedHashMap<>();
        if (chance.oneIn(4)) {
            config.put("check_timeline", true);
        }
        if (chance.oneIn(4)) {
            config.put("primary_start_timeout", chance.pick(List.of(0, 5, 30)));
        }
        if (chance.oneIn(4)) {
            config.put("maximum_lag_on_failover", chance.pick(List.of(2_000, 20_000)));
        }
        if (chance.oneIn(6)) {
            config.put("member_slots_ttl", chance.pick(List.of("0", "10s")));
        }
        if (chance.oneIn(3)) {
            config.put("failsafe_mode", true);
        }
        Map<String, Tags> tags = tags(chance, nodes);
        synchronous(chance, config);
        if (chance.oneIn(8)) {
            config.put(STANDBY_CLUSTER, ordered(Map.of("host", Remote.NAME, "port", 5432)));
        }
        if (chance.oneIn(6)) {
            config.put("postgresql", FROM_ARCHIVE);
        }
        if (chance.oneIn(4)) {
            config.put(
                    "slots",
                    Map.of("feed", ordered(Map.of("type", "logical", "database", "app", "plugin", "test_decoding"))));
        }
        return new Shape(nodes, timing, config, tags);
    }

    /**
     * A cluster in the midst of its rolling upgrade: some nodes run Patroni until their turn comes, a few of them to the
     * end. It has none of the settings that the model of Patroni does not know.
     */
    public static Shape mixed(Chance chance) {
        Shape any = random(chance);
        Timing timing = any.timing.ttl().compareTo(PATRONI_TTL) < 0 ? Timing.NORMAL : any.timing;
        Map<String, Object> config = new LinkedHashMap<>(any.config);
        config.keySet().retainAll(List.of("check_timeline", "primary_start_timeout", "maximum_lag_on_failover"));
        List<String> names = new ArrayList<>(any.names());
        Map<String, Duration> patroni = new TreeMap<>();
        int many = 1 + chance.below(any.nodes - 1);
        while (patroni.size() < many) {
            String name = names.remove(chance.below(names.size()));
            patroni.put(name, chance.between(Duration.ofSeconds(60), Duration.ofMinutes(12)));
        }
        return new Shape(any.nodes, timing, config, any.tags, patroni);
    }

    private static void synchronous(Chance chance, Map<String, Object> config) {
        String mode = chance.pick(List.of("off", "on", "quorum"));
        if (!mode.equals("off")) {
            config.put("synchronous_mode", mode);
            config.put("synchronous_node_count", chance.oneIn(3) ? 2 : 1);
            config.put("synchronous_mode_strict", chance.oneIn(3));
        }
    }

    /** What Map.of makes has another order in each process, and would give the same seed another trace. */
    private static Map<String, Object> ordered(Map<String, ?> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** The same with these keys in the dynamic configuration. */
    public Shape with(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(config);
        all.putAll(more);
        return new Shape(nodes, timing, all, tags, patroni);
    }

    /** The same as a standby cluster. */
    public Shape following() {
        return with(Map.of(STANDBY_CLUSTER, ordered(Map.of("host", Remote.NAME, "port", 5432))));
    }

    /** Whether it begins as a standby cluster. */
    public boolean followsRemote() {
        return config.containsKey(STANDBY_CLUSTER);
    }

    /** The same as a cluster of its own, without synchronous replication. */
    public Shape asynchronous() {
        Map<String, Object> rest = new LinkedHashMap<>(config);
        rest.keySet().removeIf(name -> name.startsWith("synchronous_") || name.equals(STANDBY_CLUSTER));
        return new Shape(nodes, timing, rest, tags, patroni);
    }

    /** The first node stays as it is, so that somebody may always lead. */
    private static Map<String, Tags> tags(Chance chance, int nodes) {
        Map<String, Tags> tags = new TreeMap<>();
        if (!chance.oneIn(3)) {
            return tags;
        }
        for (int i = 2; i <= nodes; i++) {
            if (chance.oneIn(4)) {
                tags.put(nameOf(i), new Tags(Map.of("nofailover", true)));
            } else if (chance.oneIn(3)) {
                tags.put(nameOf(i), new Tags(Map.of("failover_priority", 1 + chance.below(3))));
            }
        }
        return tags;
    }

    static String nameOf(int number) {
        return "n" + number;
    }

    /** The names of all nodes. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= nodes; i++) {
            names.add(nameOf(i));
        }
        return names;
    }

    /** Those who may become leader. */
    public long candidates() {
        return names().stream().filter(name -> !tagsOf(name).nofailover()).count();
    }

    Tags tagsOf(String name) {
        return tags.getOrDefault(name, Tags.NONE);
    }

    /** The dynamic configuration with which the cluster begins. */
    public Map<String, Object> dynamic() {
        Map<String, Object> all = new LinkedHashMap<>(timing.dynamic());
        all.putAll(config);
        return all;
    }

    /** The same with other times. */
    public Shape with(Timing other) {
        return new Shape(nodes, other, config, tags, patroni);
    }

    @Override
    public String toString() {
        return nodes + " nodes, " + timing + (config.isEmpty() ? "" : ", " + config)
                + (tags.isEmpty() ? "" : ", tags " + tags) + (patroni.isEmpty() ? "" : ", Patroni on " + patroni);
    }
}
