package io.pgha.core.rules.busy;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Candidates;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.Member;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PeerAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A crashed primary that does not get up within primary_start_timeout is given up, if another member can take
 * over. */
public final class PrimaryStartTakesTooLong implements Rule {
    @Override
    public String says() {
        return "A crashed primary that does not get up within primary_start_timeout is given up, if another member can take over.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Duration limit = limit(situation);
        Optional<MonotonicTime> since = startingSince(situation);
        if (since.isEmpty() || situation.now().since(since.get()).compareTo(limit) < 0) {
            return Optional.empty();
        }
        if (situation.peers().isEmpty()) {
            List<Member> others = Candidates.others(situation);
            return others.isEmpty()
                    ? Optional.empty()
                    : Decision.of(
                            this,
                            situation,
                            new Action.AskPeers(others),
                            "primary_start_timeout " + limit.toSeconds() + " s is over: who could take over?");
        }
        List<PeerAnswer> answers = situation.peers().get();
        return Candidates.successor(situation, answers)
                .map(peer -> Decision.of(
                        this,
                        situation,
                        new Action.Fence(),
                        "the primary did not start within " + limit.toSeconds() + " s and " + peer.name()
                                + " can take over"))
                .orElseGet(() -> Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "the primary did not start within " + limit.toSeconds() + " s, and nobody can take over: "
                                + Candidates.whyNobody(situation, answers)));
    }

    private static Duration limit(Situation situation) {
        return situation
                .memory()
                .restartTimeout()
                .filter(ordered -> situation.job().isRunning(JobKind.RESTART))
                .orElse(situation.settings().primaryStartTimeout());
    }

    /**
     * An ordered restart begins to start only when it has stopped; and as it is no crash, a primary_start_timeout of
     * zero, which asks for a failover after one, sets no limit to it. Nor to a primary that was stopped for a switchover
     * which came to nothing.
     */
    private static Optional<MonotonicTime> startingSince(Situation situation) {
        Optional<JobStatus.Running> job = situation.job().running();
        if (job.filter(running -> running.kind() == JobKind.RESTART).isPresent()) {
            boolean primary = situation.lockKeyIsMine() && situation.local().mayTakeWrites();
            return situation
                    .memory()
                    .startingSince()
                    .filter(since -> primary && !limit(situation).isZero());
        }
        return job.filter(running -> running.kind() == JobKind.START_PRIMARY)
                .filter(running ->
                        !(situation.memory().handingOver() && limit(situation).isZero()))
                .map(JobStatus.Running::since);
    }
}
