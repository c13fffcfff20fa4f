package io.pgha.restapi;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobOutcome;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PendingRestartReason;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.Tags;
import io.pgha.core.slots.SlotCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link NodeSnapshot}; what is not set is absent, off, or Patroni's default. */
public final class NodeSnapshotBuilder {
    private final String scope;
    private final String name;
    private String wireVersion = "4.1.4";
    private String pghaVersion = "0";
    private PostgresState state = PostgresState.STOPPED;
    private Role role = Role.UNINITIALIZED;
    private Optional<ServerStatus> server = Optional.empty();
    private Optional<Map<String, SlotCondition>> logicalSlots = Optional.empty();
    private Optional<String> systemIdentifier = Optional.empty();
    private Optional<ClusterView> cluster = Optional.empty();
    private Optional<MonotonicTime> lockValidUntil = Optional.empty();
    private boolean takesWrites;
    private Tags tags = Tags.NONE;
    private boolean pendingRestart;
    private Map<String, PendingRestartReason> pendingRestartReasons = Map.of();
    private boolean paused;
    private boolean failsafeEnabled;
    private boolean failsafeActive;
    private Instant dcsLastSeen = Instant.EPOCH;
    private long maximumLagOnFailover = 1_048_576;
    private SynchronousMode synchronousMode = SynchronousMode.OFF;
    private boolean standbyCluster;
    private Duration ttl = Duration.ofSeconds(30);
    private MonotonicTime publishedAt = new MonotonicTime(0);
    private MonotonicTime nextCycleDue = new MonotonicTime(0);
    private List<FenceLayer> fences = List.of();
    private String rule = "";
    private String reason = "";
    private Optional<JobStatus.Running> job = Optional.empty();
    private Map<JobKind, JobOutcome> lastJobs = Map.of();
    private Optional<String> complaint = Optional.empty();
    private Map<String, Object> scheduledRestart = Map.of();
    private boolean watchdogFailed;
    private LoopStatistics statistics = LoopStatistics.NONE;

    NodeSnapshotBuilder(String scope, String name) {
        this.scope = scope;
        this.name = name;
    }

    /** The version that peers are told, and our own. */
    public NodeSnapshotBuilder versions(String wire, String pgha) {
        wireVersion = wire;
        pghaVersion = pgha;
        return this;
    }

    public NodeSnapshotBuilder pendingRestart(boolean pending, Map<String, PendingRestartReason> reasons) {
        pendingRestart = pending;
        pendingRestartReasons = reasons;
        return this;
    }

    public NodeSnapshotBuilder failsafe(boolean enabled, boolean active) {
        failsafeEnabled = enabled;
        failsafeActive = active;
        return this;
    }

    /** When it is published, and when the next cycle is due at the latest. */
    public NodeSnapshotBuilder published(MonotonicTime now, MonotonicTime nextDue) {
        publishedAt = now;
        nextCycleDue = nextDue;
        return this;
    }

    /** The rule that matched last, and its reason. */
    public NodeSnapshotBuilder decision(String ruleId, String because) {
        rule = ruleId;
        reason = because;
        return this;
    }

    public NodeSnapshotBuilder state(PostgresState value) {
        state = value;
        return this;
    }

    public NodeSnapshotBuilder role(Role value) {
        role = value;
        return this;
    }

    public NodeSnapshotBuilder server(Optional<ServerStatus> value) {
        server = value;
        return this;
    }

    public NodeSnapshotBuilder logicalSlots(Optional<Map<String, SlotCondition>> value) {
        logicalSlots = value;
        return this;
    }

    public NodeSnapshotBuilder systemIdentifier(Optional<String> value) {
        systemIdentifier = value;
        return this;
    }

    public NodeSnapshotBuilder cluster(Optional<ClusterView> value) {
        cluster = value;
        return this;
    }

    public NodeSnapshotBuilder lockValidUntil(Optional<MonotonicTime> value) {
        lockValidUntil = value;
        return this;
    }

    public NodeSnapshotBuilder takesWrites(boolean value) {
        takesWrites = value;
        return this;
    }

    public NodeSnapshotBuilder tags(Tags value) {
        tags = value;
        return this;
    }

    public NodeSnapshotBuilder paused(boolean value) {
        paused = value;
        return this;
    }

    public NodeSnapshotBuilder dcsLastSeen(Instant value) {
        dcsLastSeen = value;
        return this;
    }

    public NodeSnapshotBuilder maximumLagOnFailover(long value) {
        maximumLagOnFailover = value;
        return this;
    }

    public NodeSnapshotBuilder synchronousMode(SynchronousMode value) {
        synchronousMode = value;
        return this;
    }

    public NodeSnapshotBuilder standbyCluster(boolean value) {
        standbyCluster = value;
        return this;
    }

    public NodeSnapshotBuilder ttl(Duration value) {
        ttl = value;
        return this;
    }

    public NodeSnapshotBuilder fences(List<FenceLayer> value) {
        fences = value;
        return this;
    }

    /** The last outcome of each kind of work. */
    public NodeSnapshotBuilder lastJobs(Map<JobKind, JobOutcome> value) {
        lastJobs = value;
        return this;
    }

    public NodeSnapshotBuilder job(Optional<JobStatus.Running> value) {
        job = value;
        return this;
    }

    public NodeSnapshotBuilder complaint(Optional<String> value) {
        complaint = value;
        return this;
    }

    public NodeSnapshotBuilder scheduledRestart(Map<String, Object> value) {
        scheduledRestart = value;
        return this;
    }

    public NodeSnapshotBuilder watchdogFailed(boolean value) {
        watchdogFailed = value;
        return this;
    }

    public NodeSnapshotBuilder statistics(LoopStatistics value) {
        statistics = value;
        return this;
    }

    public NodeSnapshot build() {
        return new NodeSnapshot(
                scope,
                name,
                wireVersion,
                pghaVersion,
                state,
                role,
                server,
                true,
                logicalSlots,
                systemIdentifier,
                cluster,
                lockValidUntil,
                takesWrites,
                tags,
                pendingRestart,
                pendingRestartReasons,
                paused,
                failsafeEnabled,
                failsafeActive,
                dcsLastSeen,
                maximumLagOnFailover,
                synchronousMode,
                standbyCluster,
                ttl,
                publishedAt,
                nextCycleDue,
                fences,
                rule,
                reason,
                job,
                lastJobs,
                complaint,
                scheduledRestart,
                watchdogFailed,
                statistics);
    }
}
