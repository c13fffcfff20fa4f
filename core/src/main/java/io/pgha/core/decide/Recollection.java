package io.pgha.core.decide;

import io.pgha.core.model.Divergence;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.StandbySource;
import io.pgha.core.sync.NamesInForce;
import java.time.Duration;
import java.util.Optional;

/** What is remembered of an observation and of a Job that finished, before the rules are asked. */
final class Recollection {
    private static final String REMOTE = "remote ";

    /** What keeps slots from being copied, such as WAL that is not here, is seldom over soon. */
    private static final Duration SLOT_COPY_PAUSE = Duration.ofMinutes(1);

    private Recollection() {}

    static Memory of(Memory memory, PostgresObservation local, JobStatus job, HaSettings settings, MonotonicTime now) {
        Memory seen = ofServer(ofComparison(memory, settings), local, job, now);
        return job.finished()
                .map(finished -> ofJob(seen, finished, local, settings, now))
                .orElse(seen);
    }

    /** What was found against one server says nothing of another: the cluster began or ceased to follow it. */
    private static Memory ofComparison(Memory memory, HaSettings settings) {
        String remote = remoteComparison(settings);
        boolean other = remote.isEmpty()
                ? memory.comparedWith().startsWith(REMOTE)
                : !memory.comparedWith().equals(remote);
        return other && !memory.comparedWith().isEmpty()
                ? memory.toBuilder().notCompared().build()
                : memory;
    }

    /** Names the server that a standby cluster follows, as {@link Memory#comparedWith} does; empty when there is none. */
    static String remoteComparison(HaSettings settings) {
        return settings.standbyCluster()
                .flatMap(StandbySource::remote)
                .map(remote -> REMOTE + remote.connUrl())
                .orElse("");
    }

    private static Memory ofServer(Memory memory, PostgresObservation local, JobStatus job, MonotonicTime now) {
        MemoryBuilder next = memory.toBuilder();
        if (local.server().isPresent() && local.postmasterRuns()) {
            next.joined(true)
                    .wasPrimary(local.runsAsPrimary())
                    .foundDown(memory.foundDown() && !local.runsAsPrimary())
                    .crashRecovered(false)
                    .primaryStartFailed(false)
                    .startOwed(memory.startOwed() && job.isRunning())
                    .handingOver(memory.handingOver() && job.isRunning(JobKind.DEMOTE))
                    .handOverUntil(Optional.empty());
        }
        next.namesInForce(local.server()
                .filter(server -> local.runsAsPrimary())
                .map(server -> memory.namesInForce()
                        .map(before -> before.observed(server.sync().names(), server.location()))
                        .orElse(new NamesInForce(server.sync().names(), server.location()))));
        boolean starting = local.postmasterRuns() && local.state() == PostgresState.STARTING;
        if (!starting) {
            next.startingSince(Optional.empty());
        } else if (memory.startingSince().isEmpty()) {
            next.startingSince(Optional.of(now));
        }
        if (local.runsAsPrimary()) {
            next.notCompared();
        }
        return next.build();
    }

    private static Memory ofJob(
            Memory memory, JobStatus.Finished job, PostgresObservation local, HaSettings settings, MonotonicTime now) {
        MemoryBuilder next = memory.toBuilder();
        if (owesStart(memory, job) && !local.postmasterRuns()) {
            next.startOwed(true);
        }
        next.notBefore(job.succeeded() ? Optional.empty() : Optional.of(now.plus(settings.loopWait())));
        switch (job.kind()) {
            case BOOTSTRAP -> next.bootstrap(job.succeeded() ? BootstrapPhase.STARTED : BootstrapPhase.FAILED);
            case POST_BOOTSTRAP -> next.bootstrap(job.succeeded() ? BootstrapPhase.READY : BootstrapPhase.FAILED);
            case START_PRIMARY -> next.primaryStartFailed(!job.succeeded());
            case CRASH_RECOVERY -> next.crashRecovered(true).notBefore(Optional.empty());
            case CHECK_DIVERGENCE -> job.divergence().ifPresent(found -> ofDivergence(next, found));
            case REWIND -> ofRewind(next, job);
            case CLONE, SET_ASIDE, REINITIALIZE -> {
                if (job.succeeded()) {
                    next.notCompared().wasPrimary(false).crashRecovered(false).noSlotCopyUntil(Optional.empty());
                }
            }
            case DEMOTE ->
                next.wasPrimary(false)
                        .notCompared()
                        .handOverUntil(
                                memory.handingOver()
                                        ? Optional.of(
                                                now.plus(settings.retryTimeout().dividedBy(2)))
                                        : Optional.empty());
            case PROMOTE -> {
                if (!job.succeeded()) {
                    next.noRaceUntil(now.plus(settings.ttl()));
                }
            }
            case START_STANDBY -> {
                if (!job.succeeded()) {
                    next.notCompared();
                }
            }
            // Only a leader is restarted as a primary: one that did not come up gives the lock up (facts §5.13).
            case RESTART ->
                next.restartTimeout(Optional.empty()).primaryStartFailed(!job.succeeded() && memory.wasPrimary());
            case COPY_SLOTS ->
                next.slotCopyWait(Optional.empty())
                        .noSlotCopyUntil(job.succeeded() ? Optional.empty() : Optional.of(now.plus(SLOT_COPY_PAUSE)));
            case FOLLOW, SHUTDOWN -> {}
        }
        return next.build();
    }

    /**
     * One that could not be tried, or was not wanted any more, has changed nothing: it is tried again. One that failed would
     * fail again, so that a copy follows at once.
     */
    private static void ofRewind(MemoryBuilder next, JobStatus.Finished job) {
        switch (job.ending()) {
            case DONE ->
                next.rewind(RewindPhase.NOT_NEEDED)
                        .rewindTrouble(Optional.empty())
                        .noSlotCopyUntil(Optional.empty());
            case FAILED ->
                next.rewind(RewindPhase.FAILED)
                        .rewindTrouble(Optional.of(job.message()))
                        .notBefore(Optional.empty());
            case POSTPONED, CANCELLED -> next.rewindTrouble(Optional.of(job.message()));
        }
    }

    private static boolean owesStart(Memory memory, JobStatus.Finished job) {
        return switch (job.kind()) {
            case DEMOTE -> memory.handingOver();
            case REWIND, CLONE -> job.succeeded();
            // Whatever came of it: an operator wants it to run, and after a failed copy the old data is back.
            case REINITIALIZE, RESTART, COPY_SLOTS -> true;
            default -> false;
        };
    }

    private static void ofDivergence(MemoryBuilder next, Divergence found) {
        next.rewind(phaseOf(found));
        if (found instanceof Divergence.Hidden hidden) {
            next.rewindTrouble(Optional.of(hidden.reason()));
        }
    }

    private static RewindPhase phaseOf(Divergence found) {
        if (found instanceof Divergence.None) {
            return RewindPhase.NOT_NEEDED;
        }
        if (found instanceof Divergence.Hidden) {
            return RewindPhase.HIDDEN;
        }
        return found instanceof Divergence.Diverged ? RewindPhase.NEEDED : RewindPhase.UNCHECKED;
    }
}
