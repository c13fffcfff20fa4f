package io.pgha.sim.fault;

import static io.pgha.sim.world.Network.ETCD;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.Event;
import io.pgha.sim.world.Network;
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

    /** Halves that do not see one another, one of them without etcd; or a ring in which each sees two neighbours. */
    static Optional<Trouble> halvesOrRing(World world, Chance chance) {
        List<String> names = world.names();
        List<Link> links = new ArrayList<>();
        if (chance.oneIn(2)) {
            List<String> away = names.stream().filter(name -> chance.oneIn(2)).toList();
            for (String from : away) {
                links.add(new Link(from, ETCD));
                links.add(new Link(ETCD, from));
                names.stream().filter(other -> !away.contains(other)).forEach(other -> both(links, from, other));
            }
            return cut(world, chance, away + " are cut from the others and etcd", links);
        }
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 2; j < names.size() && !(i == 0 && j == names.size() - 1); j++) {
                both(links, names.get(i), names.get(j));
            }
        }
        String alone = chance.pick(names);
        links.add(new Link(alone, ETCD));
        return cut(world, chance, "nodes see their neighbours only, and " + alone + " no etcd", links);
    }

    private static void both(List<Link> links, String one, String other) {
        links.add(new Link(one, other));
        links.add(new Link(other, one));
    }

    /** PostgreSQL's port or the agents', between one node and all others, or between all. */
    static Optional<Trouble> onePort(World world, Chance chance) {
        Network.Port port = chance.pick(List.of(Network.Port.values()));
        Optional<String> one = chance.oneIn(2) ? Optional.of(leaderOrAny(world, chance)) : Optional.empty();
        List<Link> links = new ArrayList<>();
        for (String from : world.names()) {
            for (String to : world.names()) {
                if (!from.equals(to)
                        && (one.isEmpty() || one.get().equals(from) || one.get().equals(to))) {
                    links.add(new Link(from, to));
                }
            }
        }
        links.forEach(link -> world.network().close(link.from(), link.to(), port));
        return Trouble.lasting(
                port + " is closed for " + one.orElse("all"),
                duration(world, chance),
                () -> links.forEach(link -> world.network().open(link.from(), link.to(), port)));
    }

    /** Links are cut one after the other, and mended in another order. */
    static Optional<Trouble> swizzle(World world, Chance chance) {
        List<String> places = new ArrayList<>(world.names());
        places.add(ETCD);
        List<Link> links = new ArrayList<>();
        for (String from : places) {
            places.stream()
                    .filter(to -> !to.equals(from) && chance.oneIn(3))
                    .forEach(to -> links.add(new Link(from, to)));
        }
        Duration half = duration(world, chance);
        List<Event> changes = new ArrayList<>();
        for (Link link : links) {
            changes.add(world.scheduler()
                    .after(
                            chance.between(Duration.ZERO, half),
                            () -> world.network().cut(link.from(), link.to())));
            changes.add(world.scheduler()
                    .after(
                            half.plus(chance.between(Duration.ZERO, half)),
                            () -> world.network().mend(link.from(), link.to())));
        }
        return Trouble.lasting("links are cut and mended in random order: " + links, half.multipliedBy(2), () -> {
            changes.forEach(Event::cancel);
            links.forEach(link -> world.network().mend(link.from(), link.to()));
        });
    }

    private static Duration duration(World world, Chance chance) {
        return chance.between(Duration.ofMillis(200), world.timing().ttl().multipliedBy(2));
    }

    private static Optional<Trouble> cut(World world, Chance chance, String words, List<Link> links) {
        links.forEach(link -> world.network().cut(link.from(), link.to()));
        return Trouble.lasting(
                words,
                duration(world, chance),
                () -> links.forEach(link -> world.network().mend(link.from(), link.to())));
    }

    private static String leaderOrAny(World world, Chance chance) {
        Optional<String> leader = world.storeView().leader();
        return chance.oneIn(2) && leader.filter(world.names()::contains).isPresent()
                ? leader.get()
                : chance.pick(world.names());
    }
}
