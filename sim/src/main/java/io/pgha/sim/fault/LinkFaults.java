package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.Network;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Connections between members that work badly: what they send gets lost, or is late. */
final class LinkFaults {
    private static final Duration LATEST = Duration.ofSeconds(2);

    private record Link(String from, String to, Network.Port port) {}

    private LinkFaults() {}

    static Optional<Trouble> lossy(World world, Chance chance) {
        int percent = 10 + chance.below(41);
        return disturb(world, chance, percent, Duration.ZERO, "lose " + percent + " % of their packets");
    }

    static Optional<Trouble> slow(World world, Chance chance) {
        Duration longest = chance.between(Duration.ofMillis(100), LATEST);
        return disturb(world, chance, 0, longest, "are late by up to " + longest.toMillis() + " ms");
    }

    /** Of one node or of all, on one port or on both. */
    private static Optional<Trouble> disturb(World world, Chance chance, int percent, Duration longest, String words) {
        Optional<String> one =
                chance.oneIn(2) ? Optional.of(Victims.any(world, chance).name()) : Optional.empty();
        List<Network.Port> ports =
                chance.oneIn(2) ? List.of(Network.Port.values()) : List.of(chance.pick(List.of(Network.Port.values())));
        Duration time =
                chance.between(Duration.ofSeconds(1), world.timing().ttl().multipliedBy(3));
        List<Link> links = links(world, one, ports);
        Chance luck = chance.split();
        links.forEach(link -> world.network().disturb(link.from(), link.to(), link.port(), percent, longest, luck));
        return Trouble.lasting(
                "connections "
                        + one.map(name -> "of " + name + " with other members").orElse("between members") + " " + words
                        + ": " + ports,
                time,
                () -> links.forEach(link -> world.network().calm(link.from(), link.to(), link.port())));
    }

    private static List<Link> links(World world, Optional<String> one, List<Network.Port> ports) {
        List<String> places = new ArrayList<>(world.names());
        world.remote().ifPresent(remote -> places.add(remote.server().name()));
        List<Link> links = new ArrayList<>();
        for (String from : places) {
            for (String to : places) {
                if (!from.equals(to)
                        && (one.isEmpty() || one.get().equals(from) || one.get().equals(to))) {
                    ports.forEach(port -> links.add(new Link(from, to, port)));
                }
            }
        }
        return links;
    }
}
