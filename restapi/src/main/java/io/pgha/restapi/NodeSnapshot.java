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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that this node says of itself to the outside, as the loop published it. Every answer is computed from one of
 * these and the time, so no request ever waits for PostgreSQL, and for the DCS only where facts §3.5 demand a fresh
 * read.
 *
 * <p>The loop publishes one at the end of every cycle and whenever something changed that health checks depend on (the
 * lock was lost, PostgreSQL was stopped). Build it with {@link #builder}.
 *
 * @param scope the cluster's name
 * @param name this member's name
 * @param wireVersion the version that peers and tools are told, digits and dots, for example {@code 4.1.4}
 * @param pghaVersion our own version
 * @param state what PostgreSQL is doing
 * @param role what this member is
 * @param server what the running server answered last; empty when SQL does not work
 * @param positionsCurrent false when the server was asked again and was too slow, so that its positions are old
 * @param logicalSlots whether consumers of the permanent logical slots could go on with this node, by slot; empty: not
 *     known, or the cluster has none
 * @param systemIdentifier of the data directory, when known
 * @param cluster the cached view of the DCS; empty when there is none younger than the ttl
 * @param lockValidUntil until when this node provably holds the leader lock; empty when it does not hold it
 * @param takesWrites whether PostgreSQL runs as a primary that accepts writes
 * @param tags effective tags (facts §2.10)
 * @param pendingRestart whether a restart is pending
 * @param pendingRestartReasons by parameter name
 * @param paused whether the cluster is paused
 * @param failsafeEnabled the dynamic setting {@code failsafe_mode}
 * @param failsafeActive whether a failsafe agreement is in force
 * @param dcsLastSeen wall time of the last answer of the DCS; {@link Instant#EPOCH} when there was none
 * @param maximumLagOnFailover in bytes
 * @param synchronousMode the mode in force
 * @param standbyCluster whether this is a standby cluster
 * @param ttl time to live of the lock
 * @param publishedAt when this snapshot was published
 * @param nextCycleDue when the next cycle is due at the latest
 * @param fences the layers that stop PostgreSQL when the agent cannot
 * @param rule id of the rule that matched in the last cycle; empty text before the first
 * @param reason why, in one sentence
 * @param job the Job that is running
 * @param lastJobs the last outcome of each kind of work that an operator asks for, by kind
 * @param complaint what keeps this node from being well, in one sentence, for an operator
 * @param scheduledRestart as in facts §3.4, without {@code postmaster_start_time}; empty when none
 * @param watchdogFailed whether a watchdog is required and not usable
 * @param statistics what the loop counts
 */
public record NodeSnapshot(
        String scope,
        String name,
        String wireVersion,
        String pghaVersion,
        PostgresState state,
        Role role,
        Optional<ServerStatus> server,
        boolean positionsCurrent,
        Optional<Map<String, SlotCondition>> logicalSlots,
        Optional<String> systemIdentifier,
        Optional<ClusterView> cluster,
        Optional<MonotonicTime> lockValidUntil,
        boolean takesWrites,
        Tags tags,
        boolean pendingRestart,
        Map<String, PendingRestartReason> pendingRestartReasons,
        boolean paused,
        boolean failsafeEnabled,
        boolean failsafeActive,
        Instant dcsLastSeen,
        long maximumLagOnFailover,
        SynchronousMode synchronousMode,
        boolean standbyCluster,
        Duration ttl,
        MonotonicTime publishedAt,
        MonotonicTime nextCycleDue,
        List<FenceLayer> fences,
        String rule,
        String reason,
        Optional<JobStatus.Running> job,
        Map<JobKind, JobOutcome> lastJobs,
        Optional<String> complaint,
        Map<String, Object> scheduledRestart,
        boolean watchdogFailed,
        LoopStatistics statistics) {

    public NodeSnapshot {
        pendingRestartReasons = Collections.unmodifiableMap(new LinkedHashMap<>(pendingRestartReasons));
        scheduledRestart = Collections.unmodifiableMap(new LinkedHashMap<>(scheduledRestart));
        lastJobs = Collections.unmodifiableMap(new LinkedHashMap<>(lastJobs));
        logicalSlots = logicalSlots.map(slots -> Collections.unmodifiableMap(new LinkedHashMap<>(slots)));
        fences = List.copyOf(fences);
    }

    /** A builder for a node of which nothing is known but its names. */
    public static NodeSnapshotBuilder builder(String scope, String name) {
        return new NodeSnapshotBuilder(scope, name);
    }

    /** The same with what the server answered just now. */
    public NodeSnapshot withServer(Optional<ServerStatus> answer) {
        return withServer(answer, true);
    }

    /** The same, saying that the server was too slow to be asked again. */
    public NodeSnapshot withoutCurrentPositions() {
        return withServer(server, false);
    }

    private NodeSnapshot withServer(Optional<ServerStatus> answer, boolean current) {
        return new NodeSnapshot(
                scope,
                name,
                wireVersion,
                pghaVersion,
                state,
                role,
                answer,
                current,
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

    /** Whether the lock is provably held at this time. */
    public boolean holdsLock(MonotonicTime now) {
        return lockValidUntil.filter(now::isBefore).isPresent();
    }

    /**
     * Whether the loop published this long enough ago that it must be stuck. The longest regular cycle, {@code
     * loop_wait + 2 × retry_timeout}, is no longer than the ttl (facts §2.2), so a snapshot older than the ttl is the
     * work of a loop that hangs or was frozen, and says nothing of now.
     */
    public boolean isStale(MonotonicTime now) {
        return now.isAfter(publishedAt.plus(ttl));
    }

    /** The cached view of the DCS, as long as it may be believed. */
    public Optional<ClusterView> cluster(MonotonicTime now) {
        return isStale(now) ? Optional.empty() : cluster;
    }

    /** What the server answered, in the states in which it is asked at all (facts §3.4). */
    public Optional<ServerStatus> answering() {
        return switch (state) {
            case RUNNING, RESTARTING, STARTING -> server;
            default -> Optional.empty();
        };
    }

    /** Whether PostgreSQL runs and answers. One that claims to run and does not answer is shown as {@code unknown}. */
    public boolean isRunning() {
        return state == PostgresState.RUNNING && server.isPresent();
    }

    /** The state text in bodies. */
    public String shownState() {
        return state == PostgresState.RUNNING && server.isEmpty() ? "unknown" : state.word();
    }

    /** The role in bodies and health checks: what the server itself says goes before what the agent means (facts §3.4). */
    public Role shownRole() {
        return answering()
                .map(answer -> {
                    if (!answer.inRecovery()) {
                        return Role.PRIMARY;
                    }
                    return standbyCluster && role == Role.STANDBY_LEADER ? Role.STANDBY_LEADER : Role.REPLICA;
                })
                .orElse(role);
    }
}
