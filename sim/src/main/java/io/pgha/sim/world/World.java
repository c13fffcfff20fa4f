package io.pgha.sim.world;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.PeerAnswer;
import io.pgha.dcs.memory.MemoryStore;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** N nodes, etcd and the network between them, in one virtual time. */
public final class World {
    static final KeyLayout KEYS = KeyLayout.of("service", "sim");

    private static final long MAX_DRIFT_PPM = 200;

    private final Scheduler scheduler;
    private final Trace trace;
    private final Timing timing;
    private final AgentMaker agents;
    private final Network network = new Network();
    private final Witnesses witnesses = new Witnesses();
    private final ServerNetwork servers = new ServerNetwork(network::connected);
    private final EtcdWeather etcd;
    private final MemoryStore store;
    private final Map<String, SimNode> nodes = new LinkedHashMap<>();
    private final Map<String, Long> decisions = new TreeMap<>();
    private final Map<String, String> lastDecision = new TreeMap<>();

    /** Makes the world; nothing runs yet. */
    public World(Scheduler scheduler, Trace trace, Chance chance, int size, Timing timing, AgentMaker agents) {
        this.scheduler = scheduler;
        this.trace = trace;
        this.timing = timing;
        this.agents = agents;
        this.etcd = new EtcdWeather(network, chance.split());
        this.store = new MemoryStore(new NodeClock(scheduler, 0, 0, Duration.ZERO), scheduler::after);
        witnesses.add(new ServerWitness() {
            @Override
            public void happened(String server, String what) {
                trace.line(server, "postgres " + what);
            }
        });
        for (int i = 1; i <= size; i++) {
            Chance own = chance.split();
            String name = "n" + i;
            HaSettings settings =
                    HaSettings.defaults(name, "sim").withTimes(timing.ttl(), timing.loopWait(), timing.retryTimeout());
            nodes.put(name, new SimNode(this, name, own, clock(own), settings));
        }
    }

    private NodeClock clock(Chance chance) {
        long drift = chance.below((int) (2 * MAX_DRIFT_PPM)) - MAX_DRIFT_PPM;
        return new NodeClock(
                scheduler,
                chance.below(1 << 30) * 1_000_000L,
                drift,
                chance.between(Duration.ofSeconds(-3), Duration.ofSeconds(3)));
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public Trace trace() {
        return trace;
    }

    public Timing timing() {
        return timing;
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

    /** Writes the dynamic configuration as an operator does; values are numbers and booleans. */
    public void configure(Map<String, Object> config) {
        store.put(
                KEYS.config(),
                config.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                        .collect(Collectors.joining(",", "{", "}")));
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

    void decided(String node, Decision decision) {
        node(node).pause().requireHarmless(node, decision);
        decisions.merge(decision.rule(), 1L, Long::sum);
        String line = decision.rule() + ": " + decision.reason();
        boolean routine = decision.action() instanceof Action.RenewLock;
        if (!routine && !line.equals(lastDecision.put(node, line))) {
            trace.line(node, line);
        }
    }

    SimPeers.Reach reachFrom(String from) {
        return new SimPeers.Reach() {
            @Override
            public SimPeers.Contact contact(String member) {
                SimNode node = nodes.get(member);
                if (node == null || node.isLost() || node.agentIsFrozen() || !network.connected(from, member)) {
                    return SimPeers.Contact.SILENT;
                }
                return node.agentRuns() ? SimPeers.Contact.ANSWERS : SimPeers.Contact.REFUSED;
            }

            @Override
            public Optional<PeerAnswer> answer(String member) {
                return node(member).answer();
            }
        };
    }
}
