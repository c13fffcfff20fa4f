package io.pgha.sim.fault;

import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.EtcdWeather;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Troubles of etcd itself. */
final class DcsFaultKinds {
    private DcsFaultKinds() {}

    static Optional<Trouble> lostReplies(World world, Chance chance) {
        List<String> clients = oneOrAll(world, chance);
        int oneIn = 1 + chance.below(6);
        clients.forEach(client -> world.etcd().loseReplies(client, oneIn));
        return until(world, chance, "1 in " + oneIn + " replies of etcd to " + clients + " are lost", clients);
    }

    static Optional<Trouble> slowCalls(World world, Chance chance) {
        List<String> clients = oneOrAll(world, chance);
        Duration most = chance.between(
                Duration.ofMillis(50), world.timing().retryTimeout().multipliedBy(2));
        clients.forEach(client -> world.etcd().slow(client, most));
        return until(world, chance, "etcd is slow for " + clients + ", up to " + most.toMillis() + " ms", clients);
    }

    private static Optional<Trouble> until(World world, Chance chance, String words, List<String> clients) {
        Duration time =
                chance.between(Duration.ofSeconds(1), world.timing().ttl().multipliedBy(2));
        return Trouble.lasting(words, time, () -> clients.forEach(world.etcd()::clear));
    }

    private static List<String> oneOrAll(World world, Chance chance) {
        return chance.oneIn(2) ? world.names() : List.of(chance.pick(world.names()));
    }

    static Optional<Trouble> outage(World world, Chance chance) {
        EtcdWeather.Outage kind = chance.pick(
                List.of(EtcdWeather.Outage.REFUSING, EtcdWeather.Outage.SILENT, EtcdWeather.Outage.DENYING));
        world.etcd().outage(kind);
        Duration time =
                chance.between(Duration.ofMillis(500), world.timing().ttl().multipliedBy(2));
        return Trouble.lasting("etcd is " + kind, time, () -> world.etcd().outage(EtcdWeather.Outage.NONE));
    }

    static Optional<Trouble> upkeep(World world, Chance chance) {
        if (chance.oneIn(2)) {
            world.store().electLeader();
            return Trouble.momentary("etcd elects a leader");
        }
        world.store().compact();
        return Trouble.momentary("etcd compacts");
    }

    static Optional<Trouble> leaseRevoked(World world, Chance chance) {
        return world.storeView().leaderLease().flatMap(lease -> {
            world.store().revokeLease(lease);
            return Trouble.momentary("the lease of the leader is revoked");
        });
    }
}
