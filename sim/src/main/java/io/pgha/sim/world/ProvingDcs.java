package io.pgha.sim.world;

import io.pgha.core.event.Event;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Timeline;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsChange;
import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands everything on, and writes down what proves the lock and what is heard of a pause. */
final class ProvingDcs implements Dcs {
    private final Dcs inner;
    private final LockProof proof;
    private final PauseKnowledge pause;
    private final Consumer<String> milestones;

    /** @param milestones is told when the lock was taken */
    ProvingDcs(Dcs inner, LockProof proof, PauseKnowledge pause, Consumer<String> milestones) {
        this.inner = inner;
        this.proof = proof;
        this.pause = pause;
        this.milestones = milestones;
    }

    private DcsOutcome<Void> proving(Supplier<DcsOutcome<Void>> call) {
        long sentAt = proof.now();
        DcsOutcome<Void> outcome = call.get();
        if (outcome.isDone()) {
            proof.proven(sentAt);
        }
        return outcome;
    }

    @Override
    public DcsOutcome<Void> acquireLock(OptionalLong expectedSyncRevision) {
        DcsOutcome<Void> outcome = proving(() -> inner.acquireLock(expectedSyncRevision));
        if (outcome.isDone()) {
            milestones.accept("lock");
        }
        return outcome;
    }

    @Override
    public DcsOutcome<Void> renewLock() {
        return proving(inner::renewLock);
    }

    @Override
    public DcsOutcome<Void> takeLock() {
        return proving(inner::takeLock);
    }

    @Override
    public DcsOutcome<Void> releaseLock(Optional<ClusterStatus> lastStatus) {
        // From the moment when it is sent, another node may lead.
        proof.ended();
        return inner.releaseLock(lastStatus);
    }

    @Override
    public DcsOutcome<ClusterView> read() {
        DcsOutcome<ClusterView> answer = inner.read();
        if (answer instanceof DcsOutcome.Done<ClusterView> done) {
            pause.sees(done.value());
        }
        return answer;
    }

    @Override
    public Optional<ClusterView> watched() {
        Optional<ClusterView> view = inner.watched();
        view.ifPresent(seen -> pause.sees(seen));
        return view;
    }

    @Override
    public DcsOutcome<Void> keepLease() {
        return inner.keepLease();
    }

    @Override
    public DcsOutcome<Void> publishMember(Member me) {
        return inner.publishMember(me);
    }

    @Override
    public DcsOutcome<Void> removeMember() {
        return inner.removeMember();
    }

    @Override
    public DcsOutcome<Void> raceInitialize() {
        return inner.raceInitialize();
    }

    @Override
    public DcsOutcome<Void> writeInitialize(String systemIdentifier, OptionalLong expectedRevision) {
        return inner.writeInitialize(systemIdentifier, expectedRevision);
    }

    @Override
    public DcsOutcome<Void> cancelInitialize() {
        return inner.cancelInitialize();
    }

    @Override
    public DcsOutcome<Void> writeConfig(Map<String, Object> config, OptionalLong expectedModRevision) {
        return inner.writeConfig(config, expectedModRevision);
    }

    @Override
    public DcsOutcome<Void> writeStatus(ClusterStatus status) {
        return inner.writeStatus(status);
    }

    @Override
    public DcsOutcome<Void> writeFailover(FailoverRequest request, OptionalLong expectedModRevision) {
        return inner.writeFailover(request, expectedModRevision);
    }

    @Override
    public DcsOutcome<Long> writeSync(Optional<SyncState> state, long expectedModRevision) {
        return inner.writeSync(state, expectedModRevision);
    }

    @Override
    public DcsOutcome<Void> writeHistory(List<HistoryEntry> history) {
        return inner.writeHistory(history);
    }

    @Override
    public DcsOutcome<Timeline> claimTimeline(Timeline above) {
        return inner.claimTimeline(above);
    }

    @Override
    public DcsOutcome<Void> writeEvents(List<Event> events) {
        return inner.writeEvents(events);
    }

    @Override
    public DcsOutcome<Map<String, List<Event>>> readEvents() {
        return inner.readEvents();
    }

    @Override
    public DcsOutcome<Void> writeFailsafe(Map<String, String> failsafe) {
        return inner.writeFailsafe(failsafe);
    }

    @Override
    public DcsOutcome<Void> removeCluster() {
        return inner.removeCluster();
    }

    @Override
    public void watch(Consumer<DcsChange> listener) {
        inner.watch(listener);
    }

    @Override
    public void timing(Duration ttl, Duration retryTimeout) {
        proof.ttl(ttl);
        inner.timing(ttl, retryTimeout);
    }

    @Override
    public void close() {
        inner.close();
    }
}
