package io.pgha.sim.world;

import io.pgha.agent.event.EventLog;
import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.OperatorOrders;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.memory.InMemoryDcs;
import io.pgha.postgres.memory.InMemoryPostgres;
import io.pgha.postgres.memory.MemoryServer;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.sim.agent.PatroniAgent;
import io.pgha.sim.agent.SimAgent;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.kernel.Event;
import io.pgha.sim.kernel.NodeClock;
import io.pgha.sim.kernel.SimProcess;
import io.pgha.sim.port.AgentTime;
import io.pgha.sim.port.DeadMen;
import io.pgha.sim.port.SimCallbacks;
import io.pgha.sim.port.SimConfiguration;
import io.pgha.sim.port.SimDoorbell;
import io.pgha.sim.port.SimFence;
import io.pgha.sim.port.SimJobs;
import io.pgha.sim.port.SimPeers;
import io.pgha.sim.port.SimTimer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One machine: its PostgreSQL, its dead-men, and the agent in its present life. */
public final class SimNode {
    private final World world;
    private final String name;
    private final NodeClock clock;
    private final MemoryServer server;
    private final SimLuck luck;
    private final DeadMen deadMen;
    private final Chance chance;
    private final Tags tags;
    private final LockProof proof;
    private final PauseKnowledge pause;
    private Optional<Life> life = Optional.empty();
    private Optional<Event> restart = Optional.empty();
    private Optional<Supplier<Duration>> starvation = Optional.empty();
    /** As the agent keeps it in a file (facts §2.1). */
    private Supplier<Map<String, Object>> cachedConfig;

    private Optional<String> missingWatchdog = Optional.empty();
    private boolean lost;
    /** Which agent its next life has, and which the present or last one had. */
    private boolean wantsPatroni;

    private boolean patroni;
    private boolean frozen;
    private long startedAt;
    private long thawedAt = -Duration.ofMinutes(1).toNanos();
    private long deadManSettlesAt;

    /** What belongs to one life of the agent. */
    private record Life(SimProcess process, SimAgent agent, InMemoryPostgres postgres, InMemoryDcs dcs) {}

    SimNode(World world, String name, Chance chance, NodeClock clock, Tags tags) {
        this.world = world;
        this.name = name;
        this.chance = chance;
        this.clock = clock;
        this.tags = tags;
        this.wantsPatroni = world.shape().patroni().containsKey(name);
        this.cachedConfig = world::initialConfig;
        this.luck = new SimLuck(chance.split());
        this.server =
                new MemoryServer(name, name + ":5432", world.servers(), world.serverTime(), luck, world.witness());
        this.deadMen = new DeadMen(name, world.scheduler(), clock, server, chance.split(), this::deadManSays);
        this.proof = new LockProof(world.scheduler(), world.timing().ttl());
        this.pause = new PauseKnowledge(world.scheduler(), world.timing().retryTimeout());
    }

    public String name() {
        return name;
    }

    public MemoryServer server() {
        return server;
    }

    public NodeClock clock() {
        return clock;
    }

    public SimLuck luck() {
        return luck;
    }

    public DeadMen deadMen() {
        return deadMen;
    }

    /** Until when this node may believe that it holds the lock. */
    public LockProof proof() {
        return proof;
    }

    /** What it has heard of a pause. */
    public PauseKnowledge pause() {
        return pause;
    }

    /** Whether the whole machine is away. */
    public boolean isLost() {
        return lost;
    }

    public boolean agentRuns() {
        return life.filter(now -> now.process().runs()).isPresent();
    }

    public boolean agentIsFrozen() {
        return life.filter(now -> now.process().isFrozen()).isPresent();
    }

    /** How long the present life of the agent lasts; zero when there is none. */
    public Duration agentAge() {
        return life.isPresent() ? Duration.ofNanos(world.scheduler().now() - startedAt) : Duration.ZERO;
    }

    /** Notes that its dead-man suffers, and how long it may take until agent and dead-man are a pair again. */
    public void deadManHit(Duration settlesIn) {
        deadManSettlesAt = Math.max(deadManSettlesAt, world.scheduler().now() + settlesIn.toNanos());
    }

    /** Whether the dead-man was hit so lately that the agent need not have noticed. */
    public boolean deadManWasHit() {
        return world.scheduler().now() < deadManSettlesAt;
    }

    /** What its REST API answers from, when it answers. */
    public Optional<NodeSnapshot> snapshot() {
        return life.filter(now -> now.process().runs())
                .flatMap(now -> now.agent().snapshot());
    }

    /** Starts the agent with nothing in its memory. */
    public void startAgent() {
        restart.ifPresent(Event::cancel);
        restart = Optional.empty();
        if (life.isPresent() || lost || frozen) {
            return;
        }
        say("agent starts");
        startedAt = world.scheduler().now();
        Life started = newLife();
        life = Optional.of(started);
        started.process().spawn("loop", () -> {
            started.agent().run();
            ended(started);
        });
    }

    /** Starts the agent after a while, as its service manager does. */
    public void startAgentIn(Duration delay) {
        restart.ifPresent(Event::cancel);
        restart = Optional.of(world.scheduler().after(delay, this::startAgent));
    }

    private Life newLife() {
        SimConfiguration configuration = new SimConfiguration(name, tags, cachedConfig.get());
        cachedConfig = configuration::dynamic;
        HaSettings settings = configuration.settings();
        SimProcess process = world.scheduler().process(name);
        AgentTime time = new AgentTime(world.scheduler(), process);
        InMemoryPostgres postgres = new InMemoryPostgres(server, time);
        InMemoryDcs dcs = new InMemoryDcs(
                world.store(),
                World.KEYS,
                name,
                clock,
                time::pause,
                world.etcd(),
                world.agents()::connection,
                settings.ttl(),
                settings.retryTimeout());
        ProvingDcs proving = new ProvingDcs(dcs, proof, pause, this::milestone);
        configuration.tell(proving::timing);
        SimDoorbell doorbell = new SimDoorbell(world.scheduler(), process);
        Surroundings surroundings = new Surroundings(
                clock,
                proving,
                new TracedPostgres(this, postgres, world.commands()),
                new ProvingPeers(new SimPeers(time, chance.split(), world.reachFrom(name)), proof),
                new SimFence(deadMen, time, chance.split(), () -> missingWatchdog),
                new SimJobs(process, clock, doorbell, this::begins),
                new SimCallbacks(this::say),
                new EventLog(name, event -> {}),
                new SimTimer(world.scheduler(), process, clock),
                doorbell,
                configuration);
        starvation.ifPresent(process::starve);
        patroni = wantsPatroni;
        SimAgent agent = patroni
                ? new PatroniAgent(surroundings)
                : world.agents().make(surroundings, decision -> world.decided(name, decision));
        return new Life(process, agent, postgres, dcs);
    }

    private void ended(Life over) {
        say("agent ends by itself");
        bury(over);
        startAgentIn(chance.millis(1000, 6000));
    }

    /** {@code kill -9} of the agent; PostgreSQL and the dead-man go on. */
    public void killAgent() {
        life.ifPresent(this::bury);
    }

    private void bury(Life over) {
        over.process().kill();
        over.postgres().close();
        over.dcs().close();
        life = Optional.empty();
    }

    public void freezeAgent() {
        life.ifPresent(now -> now.process().freeze());
    }

    public void thawAgent() {
        life.ifPresent(now -> now.process().thaw());
    }

    private void begins(JobKind kind) {
        world.commands().begins(this, kind);
        milestone(kind.words());
    }

    private void milestone(String what) {
        world.reached(this, what);
    }

    /** An operator orders something from this node's agent, if it runs. */
    public void order(Consumer<Inbox> order) {
        life.filter(now -> now.process().runs())
                .ifPresent(now -> order.accept(now.agent().inbox()));
    }

    /** What operators ordered from this node's agent and it has not begun. */
    public OperatorOrders orders() {
        return life.map(now -> now.agent().inbox().orders()).orElse(OperatorOrders.NONE);
    }

    /** What is wrong with the watchdog device that the operator requires here; empty: nothing. */
    public void missingWatchdog(Optional<String> why) {
        missingWatchdog = why;
    }

    /** SIGTERM to the agent: it stops PostgreSQL, hands over and ends; the service manager starts it again. */
    public void stopAgent() {
        life.filter(now -> now.process().runs()).ifPresent(now -> now.agent().shutDown());
    }

    /** SIGUSR1 to the agent, which ends at once; its successor takes over. */
    public void upgradeAgent() {
        life.filter(now -> now.process().runs()).ifPresent(now -> now.agent().detach());
    }

    /** Its agent is Patroni's, or was until it ended. */
    public boolean isPatroni() {
        return patroni;
    }

    /** Patroni is stopped in order, and pgha is started on the same data. */
    public void upgradeToPgha() {
        say("is upgraded from Patroni to pgha");
        wantsPatroni = false;
        stopAgent();
    }

    /** Lets agent and dead-men be late by that much whatever they do; empty: no longer. */
    public void starve(Optional<Supplier<Duration>> lag) {
        starvation = lag;
        life.ifPresent(now -> now.process().starve(lag.orElse(null)));
        deadMen.alive().forEach(deadMan -> deadMan.process().starve(lag.orElse(null)));
    }

    /** The whole machine stands still, as a suspended virtual one. */
    public void freeze() {
        frozen = true;
        freezeAgent();
        deadMen.alive().forEach(deadMan -> deadMan.process().freeze());
        server.hang(true);
    }

    /** The whole machine goes on. */
    public void thaw() {
        frozen = false;
        thawedAt = world.scheduler().now();
        server.hang(false);
        deadMen.alive().forEach(deadMan -> deadMan.process().thaw());
        thawAgent();
    }

    /** Whether its tags let it lead. */
    public boolean mayLead() {
        return !tags.nofailover();
    }

    /** Whether the whole machine stands still. */
    public boolean isFrozen() {
        return frozen;
    }

    /** Whether it stood still as a whole until a moment ago: no process in it can know that yet (S1). */
    public boolean isThawing() {
        return world.scheduler().now() < thawedAt + Duration.ofSeconds(1).toNanos();
    }

    /** The machine loses power. */
    public void lose() {
        lost = true;
        frozen = false;
        restart.ifPresent(Event::cancel);
        killAgent();
        deadMen.alive().forEach(deadMan -> deadMan.process().kill());
        server.quit();
    }

    /** The machine comes back; its disk is as it was. */
    public void comeBack() {
        lost = false;
        startAgent();
    }

    /** What its REST API says to a primary in failsafe mode. */
    FailsafeAnswer failsafe(FailsafePing ping) {
        return life.filter(now -> now.process().runs())
                .map(now -> now.agent().failsafe(ping))
                .orElseGet(() -> FailsafeAnswer.refused(name, "connection refused"));
    }

    /** What its REST API says of it to a peer. */
    Optional<PeerAnswer> answer() {
        return snapshot().map(seen -> {
            // As the REST API does it: a server that ran is asked again, and what was seen last stands in for silence.
            Optional<ServerStatus> now = server.status();
            Optional<ServerStatus> status = seen.server()
                    .map(now::orElse)
                    .map(told -> life.map(alive -> alive.agent().tells(told)).orElse(told));
            return new PeerAnswer(
                    name,
                    status.isPresent(),
                    status.map(ServerStatus::inRecovery).orElse(true),
                    status.map(ServerStatus::walPosition).orElse(Lsn.ZERO),
                    status.map(ServerStatus::timeline).orElse(Timeline.UNKNOWN),
                    now.isPresent(),
                    seen.tags(),
                    missingWatchdog.isPresent(),
                    status.isPresent() ? Optional.empty() : Optional.of("PostgreSQL does not answer"));
        });
    }

    private void deadManSays(String what) {
        say(what);
        // One that was frozen before it could disarm has not been at fault.
        if (agentRuns() && !isThawing()) {
            pause.requireNoDeadMan(name);
        }
    }

    private void say(String what) {
        world.trace().line(name, what);
    }
}
