package io.pgha.core.model;

import java.util.Arrays;
import java.util.Optional;

/** What PostgreSQL is doing on a member; words and metric numbers are Patroni's (facts §1.4): never renumber. */
public enum PostgresState {
    INITDB(0, "initializing new cluster"),
    INITDB_FAILED(1, "initdb failed"),
    CUSTOM_BOOTSTRAP(2, "running custom bootstrap script"),
    CUSTOM_BOOTSTRAP_FAILED(3, "custom bootstrap failed"),
    CREATING_REPLICA(4, "creating replica"),
    RUNNING(5, "running"),
    STARTING(6, "starting"),
    BOOTSTRAP_STARTING(7, "starting after custom bootstrap"),
    START_FAILED(8, "start failed"),
    RESTARTING(9, "restarting"),
    RESTART_FAILED(10, "restart failed"),
    STOPPING(11, "stopping"),
    STOPPED(12, "stopped"),
    STOP_FAILED(13, "stop failed"),
    CRASHED(14, "crashed");

    private final int metricNumber;
    private final String word;

    PostgresState(int metricNumber, String word) {
        this.metricNumber = metricNumber;
        this.word = word;
    }

    /** The text in DCS keys and REST bodies. */
    public String word() {
        return word;
    }

    /** The value of the metric {@code patroni_postgres_state}. */
    public int metricNumber() {
        return metricNumber;
    }

    /** The name in the comment of the metric, for example {@code creating_replica}. */
    public String metricName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Reads a state text; unknown texts give empty. */
    public static Optional<PostgresState> parse(String word) {
        return Arrays.stream(values()).filter(state -> state.word.equals(word)).findFirst();
    }
}
