package io.pgha.agent.runtime;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.lease.FailsafeRegister;
import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.loop.HaLoop;
import io.pgha.agent.port.Callbacks;
import io.pgha.agent.port.Surroundings;
import io.pgha.agent.watchdog.Watchdog;
import io.pgha.config.CtlConfig;
import io.pgha.config.LocalConfig;
import io.pgha.config.Timing;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import io.pgha.core.rules.DecisionTable;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.postgres.Postgres;
import io.pgha.restapi.NodeSnapshot;
import io.pgha.restapi.RestServer;
import io.pgha.restapi.RestServerException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One agent from its start to its end, in the order of facts §2.13: dead-man, DCS, name, PostgreSQL, REST, loop. Runs on the
 * caller's thread.
 */
final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private static final Duration CALLBACK_LIMIT = Duration.ofMinutes(10);
    private static final int LAST_EVENTS = 20;
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(5);

    private final LocalConfig config;
    private final Optional<Path> file;
    private final Map<String, String> environment;
    private final List<String> warned;
    private final Logging logging;
    private final Backends backends;
    private final SdNotify notify;
    private final SystemClock clock = new SystemClock();
    private final ThreadDoorbell doorbell = new ThreadDoorbell();
    private final Inbox inbox = new Inbox(doorbell);
    private final Ending ending = new Ending(doorbell);
    private final AtomicReference<NodeSnapshot> published;
    private volatile Optional<Reload> reload = Optional.empty();

    /**
     * @param config the configuration as it was loaded
     * @param file where from, for reloads; empty: from the environment
     */
    Agent(
            LocalConfig config,
            Optional<Path> file,
            Map<String, String> environment,
            List<String> warned,
            Logging logging,
            Backends backends) {
        this.config = config;
        this.backends = backends;
        this.file = file;
        this.environment = environment;
        this.warned = warned;
        this.logging = logging;
        this.notify = SdNotify.of(environment);
        this.published = new AtomicReference<>(NodeSnapshot.builder(config.scope(), config.name())
                .decision("", "the agent is starting")
                .build());
    }

    /**
     * Runs until it is told to end, or cannot go on.
     *
     * @return one of {@link ExitCode}, or what the loop says
     */
    int run() throws InterruptedException {
        handleSignals();
        StartChecks.ServerVersion version = StartChecks.server(config, environment);
        if (version.refusal().isPresent()) {
            LOG.error("{}", version.refusal().get());
            return ExitCode.CONFIGURATION;
        }
        LOG.info(
                "pgha {} starts: member {} of cluster {}, PostgreSQL {}, data directory {}",
                Version.current(),
                config.name(),
                config.scope(),
                version.major(),
                dataDir());
        DeadManFence deadMan = deadMan();
        Optional<String> trouble = deadMan.selfTest();
        DynamicConfigCache cache = new DynamicConfigCache(dataDir());
        // Patroni's shortest times are safe without a dead-man, too.
        LiveConfiguration configuration = new LiveConfiguration(
                config,
                LiveConfiguration.beforeTheDcs(config, cache),
                trouble.isEmpty() ? Timing.Limits.PGHA : Timing.Limits.PATRONI,
                version.major());
        Watchdog watchdog = new Watchdog(configuration::watchdog, WatchdogPlans.DRIVERS, clock);
        FenceStack fence = new FenceStack(deadMan, watchdog, configuration::settings);
        FenceLayers.report(trouble, environment, config.watchdog(), watchdog.status());
        if (watchdog.missing().isPresent()) {
            LOG.error(
                    "watchdog.mode is required, and the device cannot be used: {}",
                    watchdog.missing().get());
            fence.detach();
            return ExitCode.REFUSED;
        }
        Dcs dcs = backends.dcs(config, configuration.settings());
        HttpPeers peers = new HttpPeers(
                new PeerTls(() -> configuration.local().ctl()),
                () -> basic(configuration.local().ctl()));
        int refusal = join(dcs, peers);
        if (refusal != ExitCode.OK || ending.wanted()) {
            fence.detach();
            dcs.close();
            return refusal;
        }
        return lead(new Parts(fence, configuration, cache, dcs, peers));
    }

    /** What was made before PostgreSQL is touched. */
    private record Parts(
            FenceStack fence, LiveConfiguration configuration, DynamicConfigCache cache, Dcs dcs, HttpPeers peers) {}

    private void handleSignals() {
        Signals.handle("TERM", () -> ending.ask(Ending.Kind.SHUT_DOWN));
        Signals.handle("INT", () -> ending.ask(Ending.Kind.SHUT_DOWN));
        Signals.handle("USR1", () -> ending.ask(Ending.Kind.DETACH));
        Signals.handle("HUP", this::askForReload);
    }

    private void askForReload() {
        reload.ifPresent(Reload::ask);
        doorbell.ring();
    }

    private DeadManFence deadMan() {
        return new DeadManFence(
                DeadManPlaces.program(environment, System.getProperty("pgha.home", "")),
                DeadManPlaces.lockFile(environment, dataDir(), config.scope(), config.name()),
                dataDir(),
                clock);
    }

    private Path dataDir() {
        return config.postgresql().files().dataDir();
    }

    /** Waits for the DCS, and sees to it that nobody else has our name. */
    private int join(Dcs dcs, HttpPeers peers) throws InterruptedException {
        DcsOutcome<ClusterView> outcome =
                new FirstRead(dcs, doorbell, ending, notify, Backends.whereIsDcs(config)).await();
        if (outcome instanceof DcsOutcome.Denied<ClusterView> denied) {
            LOG.error("etcd refuses us: {}; check username and password in the section etcd3", denied.reason());
            return ExitCode.REFUSED;
        }
        if (!(outcome instanceof DcsOutcome.Done<ClusterView> done)) {
            return ExitCode.OK; // told to end while waiting
        }
        Member namesake = done.value().members().get(config.name());
        if (namesake != null && peers.answersLiveness(namesake)) {
            LOG.error(
                    "another agent with the name {} runs in cluster {} and answers at {}: every member needs its own name",
                    config.name(),
                    config.scope(),
                    namesake.apiUrl().orElse(""));
            return ExitCode.REFUSED;
        }
        return ExitCode.OK;
    }

    private int lead(Parts parts) throws InterruptedException {
        LiveConfiguration configuration = parts.configuration();
        Postgres postgres = backends.postgres(config, configuration.postgresSettings());
        configuration.tell(postgres, parts.dcs());
        EventHistory history = EventHistory.open(config, clock);
        configuration.changes(history::configurationChanged);
        history.tell("agent-start", "pgha " + Version.current() + " starts", "Start");
        FailsafeRegister register = new FailsafeRegister(clock);
        FailsafeCommand failsafe = new FailsafeCommand(register, published::get);
        RestServer rest;
        try {
            rest = RestServer.start(
                    RestSettingsMapper.of(config.restApi()),
                    published::get,
                    new LiveStatus(published::get, postgres::observe),
                    clock,
                    () -> fresh(parts.dcs()),
                    history.events()::last,
                    Optional.of(new OperatorCommands(
                            parts.dcs(),
                            parts.peers(),
                            clock,
                            configuration::loopWait,
                            history.events(),
                            failsafe,
                            this::askForReload,
                            new NodeCommands(inbox, published::get, configuration::settings, clock))));
        } catch (RestServerException e) {
            LOG.error("{}", e.getMessage());
            history.close();
            parts.fence().detach();
            return ExitCode.REFUSED;
        }
        Callbacks callbacks = new ProcessCallbacks(config.scope(), configuration::callbacks, CALLBACK_LIMIT);
        configuration.onReload(role -> callbacks.fire(Callbacks.Action.ON_RELOAD, role));
        Surroundings world = new Surroundings(
                clock,
                parts.dcs(),
                postgres,
                parts.peers(),
                parts.fence(),
                new ThreadJobs(clock, doorbell),
                callbacks,
                history.events(),
                new ThreadTimer(),
                doorbell,
                configuration);
        LeaseGuard guard = new LeaseGuard(world, register);
        Reload reloads = new Reload(file, environment, warned, logging, configuration, rest, notify);
        reload = Optional.of(reloads);
        int code = loop(
                world,
                guard,
                failsafe,
                new CycleEnd(
                        notify,
                        parts.cache(),
                        configuration,
                        reloads,
                        doorbell,
                        published::get,
                        new IdleMemory(clock)));
        history.tell("agent-end", lastWords(code), "End");
        boolean leavesPrimary = ending.kind() == Ending.Kind.DETACH || (code != ExitCode.OK && guard.isGuarding());
        close(parts, postgres, rest, history, leavesPrimary && code != ExitCode.BUG);
        return code;
    }

    /** The header that shows other agents who we are, where the configuration has credentials. */
    private static Optional<String> basic(CtlConfig ctl) {
        return ctl.login()
                .map(login -> login.username() + ":" + login.password().revealed())
                .map(pair -> "Basic "
                        + Base64.getEncoder().encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private String lastWords(int code) {
        return switch (ending.kind()) {
            case SHUT_DOWN -> "the agent was told to stop; exit code " + code;
            case DETACH -> "the agent was told to leave PostgreSQL as it is; exit code " + code;
            case NONE -> "the agent cannot go on; exit code " + code;
        };
    }

    private int loop(Surroundings world, LeaseGuard guard, FailsafeCommand failsafe, CycleEnd cycleEnd)
            throws InterruptedException {
        try {
            HaLoop loop = new HaLoop(
                    world,
                    DecisionTable.standard(),
                    guard,
                    Version.current(),
                    snapshot -> {
                        published.set(snapshot);
                        failsafe.published(snapshot);
                    },
                    inbox);
            ending.loop(loop);
            return loop.run(cycleEnd);
        } catch (RuntimeException | Error e) {
            LOG.error("unexpected error in the loop: this is a bug; the agent ends", e);
            if (guard.isGuarding()) {
                LOG.error(
                        "{}",
                        world.postgres()
                                .fence("the agent failed while it held the leader lock")
                                .message());
            }
            return ExitCode.BUG;
        }
    }

    private static Optional<ClusterView> fresh(Dcs dcs) {
        return dcs.read() instanceof DcsOutcome.Done<ClusterView> done ? Optional.of(done.value()) : Optional.empty();
    }

    /** Closes everything, for a few seconds at most: nothing of it is needed for safety. */
    private void close(Parts parts, Postgres postgres, RestServer rest, EventHistory history, boolean leavesPrimary)
            throws InterruptedException {
        notify.stopping();
        if (leavesPrimary) {
            parts.fence().detach();
        } else {
            parts.fence().close();
        }
        Thread closing = DaemonThread.start("closing", () -> {
            rest.close();
            postgres.close();
            history.close();
            parts.dcs().writeEvents(history.events().last(LAST_EVENTS));
            parts.dcs().close();
        });
        closing.join(CLOSING_LIMIT.toMillis());
        LOG.info("pgha ends{}", leavesPrimary ? "; PostgreSQL and the dead-man go on" : "");
    }
}
