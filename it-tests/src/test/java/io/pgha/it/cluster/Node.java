package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One node: its files, its agent, its PostgreSQL, and what can happen to them. */
public final class Node {
    private final NodeConfig config;
    private final Software software;
    private final Path log;
    private Optional<Daemon> agent = Optional.empty();

    Node(NodeConfig config, Software software, Path log) {
        this.config = config;
        this.software = software;
        this.log = log;
        try {
            Files.createDirectories(config.folder());
            Files.setPosixFilePermissions(config.folder(), PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot make " + config.folder() + ": " + e.getMessage(), e);
        }
        configure(config.yaml());
    }

    public String name() {
        return config.name();
    }

    public NodeConfig config() {
        return config;
    }

    Path configurationFile() {
        return config.folder().resolve("node.yml");
    }

    /** Writes another configuration; the agent reads it when it starts. */
    void configure(String yaml) {
        try {
            Files.writeString(configurationFile(), yaml);
            Files.setPosixFilePermissions(configurationFile(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + configurationFile() + ": " + e.getMessage(), e);
        }
        Machine.giveToOwner(config.folder());
    }

    // --- the agent

    /** Starts the agent; does not wait. */
    public Daemon start() {
        Daemon started = Daemon.start(name(), software.agent(configurationFile()), Map.of(), config.folder(), log);
        agent = Optional.of(started);
        return started;
    }

    public boolean isRunning() {
        return agent.filter(Daemon::isAlive).isPresent();
    }

    /** The agent that was started last. */
    public Daemon agent() {
        return agent.orElseThrow(() -> new IllegalStateException(name() + " was not started"));
    }

    /** The agent's log since its first start. */
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + log + ": " + e.getMessage(), e);
        }
    }

    /** The log's last lines, for messages of failed tests. */
    String lastLines(int count) {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    /** The agent and what it has started, but not PostgreSQL. */
    public List<Long> agentPids() {
        Set<Long> pids = new LinkedHashSet<>();
        Set<Long> database = Set.copyOf(Processes.livingIn(config.dataDir()));
        agent.filter(Daemon::isAlive).map(Daemon::pid).ifPresent(pid -> {
            pids.add(pid);
            ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid)
                    .filter(child -> !database.contains(child))
                    .forEach(pids::add);
        });
        // A dead-man outlives its agent.
        pids.addAll(Processes.calledWith(config.scope() + "-" + name() + ".deadman"));
        return List.copyOf(pids);
    }

    // --- PostgreSQL

    public OptionalLong postmaster() {
        return Processes.postmaster(config.dataDir());
    }

    public String jdbcUrl() {
        return Jdbc.url(List.of(config.sqlPort()), "any");
    }

    /** A connection of the superuser to this node alone. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl());
    }

    /** The first column of the first row, as text; empty when the server does not answer so. */
    public Optional<String> query(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Runs statements as the superuser. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(name() + ": " + sql + ": " + e.getMessage(), e);
        }
    }

    // --- REST

    /** GET on the agent's REST API. */
    public Http.Answer rest(String path) {
        return Http.get(config.restPort(), path);
    }

    public boolean isPrimary() {
        return rest("/primary").status() == 200;
    }

    public boolean isReplica() {
        return rest("/replica").status() == 200;
    }

    // --- what can happen to it

    /** SIGKILL for the postmaster and its children; the agent lives. */
    public void killPostgres() {
        Daemon.signal("KILL", Processes.livingIn(config.dataDir()));
    }

    /** SIGSTOP for what sends WAL to the replicas: they get nothing more, and do not notice at once. */
    public void freezeReplication() {
        List<Long> senders = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select pid from pg_stat_replication")) {
            while (rows.next()) {
                senders.add(rows.getLong(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot see who streams from " + name() + ": " + e.getMessage(), e);
        }
        Daemon.signal("STOP", senders);
    }

    /** Everything of the node dies at once: agent, dead-man, PostgreSQL. */
    public void lose() {
        for (int round = 0; round < 3; round++) {
            List<Long> everything = new ArrayList<>(agentPids());
            everything.addAll(Processes.livingIn(config.dataDir()));
            Daemon.signal("KILL", everything);
        }
        agent.ifPresent(daemon -> daemon.awaitEnd(Duration.ofSeconds(10)));
        Await.until(
                "all of " + name() + " has ended",
                Duration.ofSeconds(10),
                () -> Processes.livingIn(config.dataDir()).isEmpty());
    }
}
