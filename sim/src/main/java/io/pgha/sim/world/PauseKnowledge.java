package io.pgha.sim.world;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.view.ClusterFlags;
import io.pgha.sim.kernel.Scheduler;
import io.pgha.sim.kernel.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one node has heard of the pause (facts §5.17). In pause nothing is fenced, so the promise of one writer rests
 * until a node has heard of its end; and nothing is acted on, which is invariant S8.
 */
public final class PauseKnowledge {
    /** From hearing of a pause until the cycle that was under way is over. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final List<Class<? extends Action>> HARMLESS = List.of(
            // what an operator ordered from this node
            Action.Restart.class,
            Action.Reinitialize.class,
            Action.RefuseOrder.class,
            Action.CancelJob.class,
            // for whom commits wait is followed in pause, too (facts §5.17)
            Action.SynchronizeStandbys.class,
            Action.Wait.class,
            Action.AcquireLock.class,
            Action.RenewLock.class,
            Action.ReleaseLock.class,
            Action.AskPeers.class,
            Action.Follow.class,
            Action.ClearFailover.class,
            Action.Exit.class);

    private final Scheduler scheduler;
    private final Duration toReact;
    private boolean paused;
    /** The last request that was seen. */
    private Optional<FailoverRequest> request = Optional.empty();

    private long since;
    private long unfencedUntil;

    /** @param retryTimeout a primary that has to take the lock first reacts within that */
    PauseKnowledge(Scheduler scheduler, Duration retryTimeout) {
        this.scheduler = scheduler;
        this.toReact = retryTimeout.plusSeconds(5);
    }

    /** Its agent was shown that. */
    void sees(ClusterView view) {
        request = view.failover().filter(FailoverRequest::isPresent);
        boolean now = ClusterFlags.of(view).paused();
        if (now && !paused) {
            since = scheduler.now();
        } else if (!now && paused) {
            unfencedUntil = scheduler.now() + toReact.toNanos();
        }
        paused = now;
    }

    /** What the last configuration said that an agent here was shown. */
    boolean heard() {
        return paused;
    }

    /** Whether a primary here need not hold the lock. */
    public boolean unfenced() {
        return paused || scheduler.now() < unfencedUntil;
    }

    /** Whether the last request that was seen names that node: it may be promoted. */
    public boolean isChosen(String node) {
        return request.flatMap(FailoverRequest::candidate).equals(Optional.of(node));
    }

    /** Whether the last request that was seen lets a primary stop: it names who is to take over, and is not scheduled. */
    public boolean handsOver() {
        return request.filter(asked ->
                        asked.candidate().isPresent() && asked.scheduledAt().isEmpty())
                .isPresent();
    }

    /** Its agent decided something. */
    void requireHarmless(String node, Decision decision) {
        boolean ordered = decision.memory().startOwed()
                || decision.memory().handingOver()
                || (decision.action() instanceof Action.Promote && isChosen(node));
        if (knows() && !ordered && !HARMLESS.contains(decision.action().getClass())) {
            scheduler.fail(new Violation("S8", node + " acts in pause: " + decision.rule() + ": " + decision.reason()));
        }
    }

    /** Its dead-man is about to stop PostgreSQL. */
    void requireNoDeadMan(String node) {
        if (knows()) {
            scheduler.fail(new Violation("S8", "the dead-man of " + node + " acts in pause"));
        }
    }

    /** Whether its agent has heard of the pause, and the cycle that was under way is over. */
    public boolean knows() {
        return paused && scheduler.now() - since > SETTLED.toNanos();
    }
}
