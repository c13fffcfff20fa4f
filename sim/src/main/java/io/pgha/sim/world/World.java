package io.pgha.sim.world;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.view.ClusterFlags;
import io.pgha.dcs.memory.MemoryStore;
import io.pgha.dcs.wire.ConfigCodec;
import io.pgha.dcs.wire.KeyLayout;
import io.pgha.postgres.memory.ServerNetwork;
import io.pgha.postgres.memory.ServerTime;
import io.pgha.postgres.memory.ServerWitness;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.NodeClock;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.Trace;
import io.pgha.sim.port.SimPeers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** N nodes, etcd and the network between them, in one virtual time. */
public final class World {
    /** Where the keys of the cluster are. */
    public static final KeyLayout KEYS = KeyLayout.of("service", "sim");

    private static final long MAX_DRIFT_PPM = 200;

    private final Scheduler scheduler;
    private final Trace trace;
    private final Shape shape;
    private final Map<String, Object> initialConfig;
    private int wipes;
    private int restores;
    private boolean forgotten;
    private boolean lostWal;
    private Milestones milestones = (node, what) -> {};
    private CommandWitness commands = new Unwatched();
    private final AgentMaker agents;
    private final Network network = new Network();
    private final Witnesses witnesses = new Witnesses();
    private final ServerNetwork servers = new ServerNetwork(new PostgresPaths());
    private final EtcdWeather etcd;
    private final MemoryStore store;
    private final Map<String, SimNode> nodes = new LinkedHashMap<>();
    private final Optional<Remote> remote;
    private final Map<String, Long> decisions = new HashMap<>();
    private final List<BiConsumer<String, Decision>> deciders = new ArrayList<>();
    private final Map<String, Decision> lastDecision = new HashMap<>();

    /** Makes the world; nothing runs yet. */
    public World(Scheduler scheduler, Trace trace, Chance chance, Shape shape, AgentMaker agents) {
        this.scheduler = scheduler;
        this.trace = trace;
        this.shape = shape;
        this.initialConfig = shape.dynamic();
        this.agents = agents;
        this.etcd = new EtcdWeather(network, chance.split());
        this.store = new MemoryStore(new NodeClock(scheduler, 0, 0, Duration.ZERO), scheduler::after);
        witnesses.add(new ServerWitness() {
            @Override
            public void happened(String server, String what) {
                trace.line(server, "postgres " + what);
            }
        });
        for (String name : shape.names()) {
            Chance own = chance.split();
            nodes.put(name, new SimNode(this, name, own, clock(own), shape.tagsOf(name)));
        }
        this.remote = shape.followsRemote() ? Optional.of(new Remote(this, chance.split())) : Optional.empty();
    }

    private NodeClock clock(Chance chance) {
        long drift = chance.below((int) (2 * MAX_DRIFT_PPM)) - MAX_DRIFT_PPM;
        return new NodeClock(
                scheduler,
                chance.below(1 << 30) * 1_000_000L,
                drift,
                chance.between(Duration.ofSeconds(-3), Duration.ofSeconds(3)));
    }

    private final class PostgresPaths implements ServerNetwork.Paths {
        @Override
        public boolean connected(String from, String to) {
            return network.connected(from, to, Network.Port.POSTGRES);
        }

        @Override
        public boolean loses(String from, String to) {
            return network.loses(from, to, Network.Port.POSTGRES);
        }

        @Override
        public Duration delay(String from, String to) {
            return network.delay(from, to, Network.Port.POSTGRES);
        }
    }

    /** The dynamic configuration with which the cluster begins. */
    public Map<String, Object> initialConfig() {
        return initialConfig;
    }

    public Shape shape() {
        return shape;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Trace trace() {
        return trace;
    }

    public Timing timing() {
        return shape.timing();
    }

    public Network network() {
        return network;
    }

    public EtcdWeather etcd() {
        return etcd;
    }

    public MemoryStore store() {
        return store;
    }

    /** The primary that a standby cluster follows. */
    public Optional<Remote> remote() {
        return remote;
    }

    /** Whether the cluster is a standby cluster at this moment. */
    public boolean followsRemote() {
        return remote.isPresent() && ClusterFlags.of(storeView().cluster()).standbyCluster();
    }

    /** The dynamic configuration as it stands in etcd; empty when it does not. */
    public Optional<Map<String, Object>> config() {
        return storeView().cluster().config().map(DynamicConfigKey::values).map(LinkedHashMap::new);
    }

    public Collection<SimNode> nodes() {
        return nodes.values();
    }

    public List<String> names() {
        return new ArrayList<>(nodes.keySet());
    }

    public SimNode node(String name) {
        SimNode node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    /** What etcd holds now. */
    public StoreView storeView() {
        return new StoreView(store, KEYS);
    }

    /** Deletes all keys of the cluster. */
    public void wipeStore() {
        wipes++;
        store.wipe(KEYS.prefix());
    }

    /** Deletes all keys of the cluster, of which no agent remembers anything either. */
    public void forgetEverything() {
        forgotten = true;
        wipeStore();
    }

    /** Lets etcd go back to what it held some time ago: what was written since is gone. */
    public void restoreStore(MemoryStore.Backup snapshot) {
        restores++;
        store.restore(snapshot);
    }

    /** Notes that a disk lost WAL that was flushed. */
    public void noteLostWal() {
        lostWal = true;
    }

    /** Whether a disk lost WAL that was flushed: who may lead, if anybody, is then perhaps an operator's decision. */
    public boolean hasLostWal() {
        return lostWal;
    }

    /** How often etcd went back to a snapshot. */
    public int restores() {
        return restores;
    }

    /** Whether there was a moment when nobody knew anything of who belongs to the cluster. */
    public boolean isForgotten() {
        return forgotten;
    }

    /** How often all keys were deleted. */
    public int wipes() {
        return wipes;
    }

    /** Writes the dynamic configuration as an operator does. */
    public void configure(Map<String, Object> config) {
        store.put(KEYS.config(), new String(ConfigCodec.encode(config), StandardCharsets.UTF_8));
    }

    /** Lets somebody see what happens to servers. */
    public void addWitness(ServerWitness witness) {
        witnesses.add(witness);
    }

    /** How often each rule decided, by its id. */
    public Map<String, Long> decisions() {
        return decisions;
    }

    AgentMaker agents() {
        return agents;
    }

    ServerWitness witness() {
        return witnesses;
    }

    ServerNetwork servers() {
        return servers;
    }

    ServerTime serverTime() {
        return new ServerTime() {
            @Override
            public void pause(Duration time) {
                throw new IllegalStateException("a server does not wait");
            }

            @Override
            public void after(Duration delay, Runnable action) {
                scheduler.after(delay, action);
            }
        };
    }

    /** Is told when an agent begins a Job or takes the lock. */
    @FunctionalInterface
    public interface Milestones {
        /** @param what the words of the Job, or "lock" */
        void reached(SimNode node, String what);
    }

    /** Who is told of milestones from now on. */
    public void onMilestone(Milestones listener) {
        milestones = listener;
    }

    void reached(SimNode node, String what) {
        milestones.reached(node, what);
    }

    /** Lets somebody see every decision, with the node that made it. */
    public void onDecision(BiConsumer<String, Decision> listener) {
        deciders.add(listener);
    }

    /** Who sees what agents order from their PostgreSQL from now on. */
    public void onCommand(CommandWitness witness) {
        commands = witness;
    }

    /** Agents are made after it is known. */
    CommandWitness commands() {
        return commands;
    }

    void decided(String node, Decision decision) {
        deciders.forEach(listener -> listener.accept(node, decision));
        node(node).pause().requireHarmless(node, decision);
        decisions.merge(decision.rule(), 1L, Long::sum);
        if (decision.action() instanceof Action.RenewLock) {
            return;
        }
        Decision before = lastDecision.put(node, decision);
        if (before == null
                || !before.rule().equals(decision.rule())
                || !before.reason().equals(decision.reason())) {
            trace.line(node, decision.rule() + ": " + decision.reason());
        }
    }

    SimPeers.Reach reachFrom(String from) {
        return new SimPeers.Reach() {
            @Override
            public SimPeers.Contact contact(String member) {
                SimNode node = nodes.get(member);
                if (node == null
                        || node.isLost()
                        || node.agentIsFrozen()
                        || !network.connected(from, member, Network.Port.REST)) {
                    return SimPeers.Contact.SILENT;
                }
                return node.agentRuns() ? SimPeers.Contact.ANSWERS : SimPeers.Contact.REFUSED;
            }

            @Override
            public boolean loses(String member) {
                return network.loses(from, member, Network.Port.REST);
            }

            @Override
            public Duration delay(String member) {
                return network.delay(from, member, Network.Port.REST);
            }

            @Override
            public Optional<PeerAnswer> answer(String member) {
                return node(member).answer();
            }

            @Override
            public FailsafeAnswer failsafe(String member, FailsafePing ping) {
                return node(member).failsafe(ping);
            }
        };
    }
}
