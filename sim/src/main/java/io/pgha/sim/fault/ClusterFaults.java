package io.pgha.sim.fault;

import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.SyncState;
import io.pgha.postgres.memory.Branch;
import io.pgha.postgres.memory.DataFolder;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.Network;
import io.pgha.sim.world.Remote;
import io.pgha.sim.world.Shape;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What happens to a standby cluster and to the one that it follows, and to a whole site. */
final class ClusterFaults {
    private static final String STRANGER = "nobody";

    private ClusterFaults() {}

    /** The remote primary dies for a while, or its own cluster fails over and loses the end of its WAL. */
    static Optional<Trouble> remote(World world, Chance chance) {
        Optional<Remote> there = world.remote().filter(remote -> remote.server().acceptsWrites());
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Remote remote = there.get();
        if (chance.oneIn(2)) {
            int lost = chance.below(20_000);
            remote.failOver(lost);
            return Trouble.momentary("the other cluster fails over and loses " + lost + " bytes of WAL");
        }
        remote.crash();
        return Trouble.lasting("the other cluster is down", chance.millis(1_000, 90_000), remote::startAgain);
    }

    /** {@code promote-cluster}, and some time later {@code demote-cluster}, now and then as PostgreSQL dies. */
    static Optional<Trouble> promoted(World world, Chance chance) {
        if (world.remote().isEmpty() || !world.followsRemote()) {
            return Optional.empty();
        }
        world.config().ifPresent(config -> {
            config.remove(Shape.STANDBY_CLUSTER);
            world.configure(config);
        });
        boolean crash = chance.oneIn(2);
        Duration crashIn = chance.millis(0, 200);
        return Trouble.lasting("an operator promotes the cluster", chance.millis(20_000, 120_000), () -> {
            Optional<String> leader = world.storeView().leader().filter(world.names()::contains);
            world.config().ifPresent(config -> {
                config.put(Shape.STANDBY_CLUSTER, world.initialConfig().get(Shape.STANDBY_CLUSTER));
                world.configure(config);
            });
            world.trace().line("fault", "an operator demotes the cluster");
            if (crash) {
                leader.ifPresent(name -> world.scheduler()
                        .after(crashIn, () -> world.node(name).server().quit()));
            }
        });
    }

    /**
     * A manual failover to a member that commits do not wait for; its agent dies between lock and promotion, and the
     * operator takes the request back. Where the key asks for votes any member may be behind: it gets no WAL for a while.
     */
    static Optional<Trouble> failoverRecalled(World world, Chance chance) {
        Optional<SyncState> sync = world.storeView().sync();
        boolean votes = world.initialConfig().containsValue("quorum");
        List<SimNode> behind = world.nodes().stream()
                .filter(node -> node.mayLead() && node.agentRuns())
                .filter(node -> sync.filter(
                                key -> votes ? !key.leader().equals(Optional.of(node.name())) : !key.names(node.name()))
                        .isPresent())
                .toList();
        if (behind.isEmpty() || sync.flatMap(SyncState::leader).isEmpty()) {
            return Optional.empty();
        }
        SimNode candidate = chance.pick(behind);
        Duration head = votes ? chance.millis(0, 3_000) : Duration.ZERO;
        world.names().forEach(other -> cut(world, candidate, other, votes));
        world.scheduler()
                .after(
                        head,
                        () -> Operator.write(
                                world,
                                new FailoverRequest(
                                        Optional.empty(), Optional.of(candidate.name()), Optional.empty(), 0)));
        world.onMilestone((node, what) -> {
            if (node == candidate && what.equals("lock")) {
                world.onMilestone((ignored, words) -> {});
                world.scheduler().after(Duration.ZERO, () -> {
                    if (Victims.agentMayBeHit(node)) {
                        node.killAgent();
                        world.store().delete(World.KEYS.failover());
                        node.startAgentIn(Duration.ofMillis(300));
                    }
                });
            }
        });
        return Trouble.lasting(
                "an operator asks for a failover to " + candidate.name() + " and takes it back",
                Duration.ofSeconds(30),
                () -> {
                    world.onMilestone((ignored, words) -> {});
                    world.names()
                            .forEach(other -> world.network().open(candidate.name(), other, Network.Port.POSTGRES));
                });
    }

    private static void cut(World world, SimNode node, String from, boolean wanted) {
        if (wanted && !from.equals(node.name())) {
            world.network().close(node.name(), from, Network.Port.POSTGRES);
        }
    }

    /** As a Job begins, somebody deletes the leader key, or puts a name that nobody has. */
    static Optional<Trouble> lockLostMidway(World world, Chance chance) {
        String moment = chance.pick(List.of("promote", "promote", "restart", "starting primary after failure"));
        Duration delay = chance.millis(0, 60);
        boolean named = chance.oneIn(2);
        world.onMilestone((node, what) -> {
            if (!what.equals(moment)) {
                return;
            }
            world.onMilestone((ignored, words) -> {});
            world.scheduler().after(delay, () -> loseLock(world, what, named));
        });
        provoke(world, moment);
        return Trouble.lasting("the lock will be lost in: " + moment, Duration.ofSeconds(60), () -> {
            world.onMilestone((ignored, words) -> {});
            if (world.storeView().leader().equals(Optional.of(STRANGER))) {
                world.store().delete(World.KEYS.leader());
            }
        });
    }

    private static void loseLock(World world, String what, boolean named) {
        world.trace().line("fault", "the lock is lost in: " + what);
        if (named) {
            world.store().put(World.KEYS.leader(), STRANGER);
            world.scheduler().after(Duration.ofSeconds(3), () -> {
                if (world.storeView().leader().equals(Optional.of(STRANGER))) {
                    world.store().delete(World.KEYS.leader());
                }
            });
        } else {
            world.store().delete(World.KEYS.leader());
        }
    }

    private static void provoke(World world, String moment) {
        Optional<SimNode> leader =
                world.storeView().leader().filter(world.names()::contains).map(world::node);
        leader.ifPresent(node -> {
            switch (moment) {
                case "restart" -> node.order(inbox -> inbox.restart(io.pgha.core.model.RestartOrder.PLAIN));
                case "promote" ->
                    Operator.write(
                            world,
                            new FailoverRequest(Optional.of(node.name()), Optional.empty(), Optional.empty(), 0));
                default -> node.server().quit();
            }
        });
    }

    /** The primary's machine and etcd's data are lost; the agents of the others begin anew before it is back. */
    static Optional<Trouble> siteRestored(World world, Chance chance) {
        Optional<SimNode> leader = Victims.writingLeader(world);
        if (leader.isEmpty()) {
            return Optional.empty();
        }
        // Without any key a member cannot know that there is a cluster, or that its own history has parted from it.
        Optional<Branch> branch = leader.get().server().folder().map(DataFolder::branch);
        boolean whole = world.nodes().stream()
                .allMatch(node -> node.agentRuns()
                        && !node.deadManWasHit()
                        && (node == leader.get() || node.server().isStreaming())
                        && node.server()
                                .folder()
                                .filter(DataFolder::isUsable)
                                .map(DataFolder::branch)
                                .equals(branch));
        if (!whole) {
            return Optional.empty();
        }
        leader.get().lose();
        world.nodes().stream().filter(node -> node != leader.get()).forEach(node -> {
            node.killAgent();
            node.startAgentIn(chance.millis(500, 3_000));
        });
        world.forgetEverything();
        return Trouble.lasting(
                leader.get().name() + " is lost, all keys are deleted and all agents begin anew",
                chance.millis(5_000, 40_000),
                leader.get()::comeBack);
    }
}
