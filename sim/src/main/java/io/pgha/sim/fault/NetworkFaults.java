package io.pgha.sim.fault;

import static io.pgha.sim.world.Network.ETCD;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts in the network. */
final class NetworkFaults {
    private record Link(String from, String to) {}

    private NetworkFaults() {}

    static Optional<Trouble> etcdPartition(World world, Chance chance) {
        String node = leaderOrAny(world, chance);
        return cut(world, chance, node + " is cut from etcd", List.of(new Link(node, ETCD), new Link(ETCD, node)));
    }

    static Optional<Trouble> etcdOneWay(World world, Chance chance) {
        String node = leaderOrAny(world, chance);
        return chance.oneIn(2)
                ? cut(world, chance, "requests of " + node + " to etcd are lost", List.of(new Link(node, ETCD)))
                : cut(world, chance, "replies of etcd to " + node + " are lost", List.of(new Link(ETCD, node)));
    }

    static Optional<Trouble> isolation(World world, Chance chance) {
        String node = leaderOrAny(world, chance);
        List<Link> links = new ArrayList<>();
        List<String> others = new ArrayList<>(world.names());
        others.add(ETCD);
        others.remove(node);
        for (String other : others) {
            links.add(new Link(node, other));
            links.add(new Link(other, node));
        }
        return cut(world, chance, node + " is isolated", links);
    }

    static Optional<Trouble> peersPartition(World world, Chance chance) {
        List<Link> links = new ArrayList<>();
        for (String from : world.names()) {
            for (String to : world.names()) {
                if (!from.equals(to) && chance.oneIn(3)) {
                    links.add(new Link(from, to));
                }
            }
        }
        return cut(world, chance, "cut between nodes: " + links, links);
    }

    private static Optional<Trouble> cut(World world, Chance chance, String words, List<Link> links) {
        links.forEach(link -> world.network().cut(link.from(), link.to()));
        Duration time =
                chance.between(Duration.ofMillis(200), world.timing().ttl().multipliedBy(2));
        return Trouble.lasting(
                words, time, () -> links.forEach(link -> world.network().mend(link.from(), link.to())));
    }

    private static String leaderOrAny(World world, Chance chance) {
        Optional<String> leader = world.storeView().leader();
        return chance.oneIn(2) && leader.isPresent() ? leader.get() : chance.pick(world.names());
    }
}
