package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.dcs.memory.MemoryStore;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.Event;
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

    static Optional<Trouble> packetLoss(World world, Chance chance) {
        List<String> clients = oneOrAll(world, chance);
        int percent = 10 + chance.below(41);
        clients.forEach(client -> world.etcd().losePackets(client, percent));
        return until(world, chance, percent + " % of the packets between " + clients + " and etcd are lost", clients);
    }

    static Optional<Trouble> full(World world, Chance chance) {
        world.store().full(true);
        return Trouble.lasting(
                "etcd has no space left",
                chance.millis(1_000, 60_000),
                () -> world.store().full(false));
    }

    /** Deleted, or overwritten by a name that nobody has, which somebody deletes again later. */
    static Optional<Trouble> leaderKey(World world, Chance chance) {
        if (world.storeView().leader().isEmpty()) {
            return Optional.empty();
        }
        String key = World.KEYS.leader();
        if (chance.oneIn(3)) {
            world.store().delete(key);
            world.store().full(true);
            return Trouble.lasting(
                    "the leader key is deleted, and etcd has no space for another",
                    chance.millis(200, 8_000),
                    () -> world.store().full(false));
        }
        if (chance.oneIn(2)) {
            world.store().delete(key);
            return Trouble.momentary("the leader key is deleted");
        }
        world.store().put(key, "nobody");
        return Trouble.lasting(
                "the leader key names nobody",
                chance.millis(500, 20_000),
                () -> world.store().delete(key));
    }

    static Optional<Trouble> treeWiped(World world, Chance chance) {
        if (world.storeView().leader().isEmpty()) {
            return Optional.empty();
        }
        world.wipeStore();
        return Trouble.momentary("all keys of the cluster are deleted");
    }

    /** A snapshot is taken; some time later, often under another leader, etcd is stopped and goes back to it. */
    static Optional<Trouble> restored(World world, Chance chance) {
        Optional<String> leader = world.storeView().leader();
        if (leader.isEmpty()) {
            return Optional.empty();
        }
        MemoryStore.Backup snapshot = world.store().backup();
        if (chance.oneIn(2)) {
            Operator.write(world, new FailoverRequest(leader, Optional.empty(), Optional.empty(), 0));
        }
        Duration later = chance.millis(2_000, 90_000);
        Duration down = chance.oneIn(2)
                ? chance.millis(0, 3_000)
                : chance.between(Duration.ofSeconds(3), world.timing().ttl().multipliedBy(2));
        Event stop = world.scheduler().after(later, () -> {
            world.trace().line("fault", "etcd is stopped, and will go back to a snapshot");
            world.etcd().outage(EtcdWeather.Outage.REFUSING);
        });
        Event restore = world.scheduler().after(later.plus(down), () -> {
            world.trace().line("fault", "etcd goes back to a snapshot");
            world.restoreStore(snapshot);
            world.etcd().outage(EtcdWeather.Outage.NONE);
        });
        return Trouble.lasting(
                "a snapshot of etcd is taken, to go back to in " + later.toSeconds() + " s", later.plus(down), () -> {
                    stop.cancel();
                    restore.cancel();
                    world.etcd().outage(EtcdWeather.Outage.NONE);
                });
    }

    static Optional<Trouble> leaseRevoked(World world, Chance chance) {
        return world.storeView().leaderLease().flatMap(lease -> {
            world.store().revokeLease(lease);
            return Trouble.momentary("the lease of the leader is revoked");
        });
    }
}
