package io.pgha.agent.runtime;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.inbox.Ticket;
import io.pgha.config.value.SettingValue;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.postgres.Result;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.NodeSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /reinitialize} (facts §3.8) and {@code DELETE /reinitialize} (ours): answers when the copy begins, or is not
 * to be. Any thread.
 */
final class ReinitializeCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ReinitializeCommand.class);
    private static final int UNAVAILABLE = 503;
    private static final Set<String> KNOWN = Set.of("force", "from_leader", "from-leader");
    private static final int LONGEST_KEY = 40;
    private static final int MOST_KEYS = 5;
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(10);
    /** A Job that is cancelled by force gets 10 s to end by itself (facts §6.12). */
    private static final Duration CANCELLING = Duration.ofSeconds(20);
    /** A refusal comes at once; a Job that has begun and not failed by now is under way. */
    private static final Duration FIRST_STEPS = Duration.ofMillis(200);

    private final Inbox inbox;
    private final Supplier<NodeSnapshot> snapshots;
    private final Supplier<HaSettings> settings;

    ReinitializeCommand(Inbox inbox, Supplier<NodeSnapshot> snapshots, Supplier<HaSettings> settings) {
        this.inbox = inbox;
        this.snapshots = snapshots;
        this.settings = settings;
    }

    CommandAnswer begin(Map<String, Object> body) {
        boolean force = flag(body, "force");
        boolean fromLeader = flag(body, "from_leader") || flag(body, "from-leader");
        strangers(body).ifPresent(keys -> LOG.warn("POST /reinitialize: unknown keys are left out: {}", keys));
        NodeSnapshot node = snapshots.get();
        Optional<ClusterView> cluster = node.cluster();
        if (cluster.map(ClusterView::isUnlocked).orElse(true)) {
            return refused("Cluster has no leader, can not reinitialize");
        }
        if (cluster.filter(view -> view.isLedBy(node.name())).isPresent()) {
            return refused("I am the leader, can not reinitialize");
        }
        Optional<JobStatus.Running> job = node.job();
        if (job.isPresent() && !force) {
            return refused(job.get().kind().words() + " already in progress");
        }
        Optional<Ticket<ReinitializeOrder>> ticket = inbox.reinitialize(new ReinitializeOrder(force, fromLeader));
        if (ticket.isEmpty()) {
            return refused("reinitialize already in progress");
        }
        LOG.info("asked over REST: reinitialize {}", body);
        try {
            return watch(ticket.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("reinitialize status unknown: the agent ends");
        }
    }

    private CommandAnswer watch(Ticket<ReinitializeOrder> ticket) throws InterruptedException {
        Duration loopWait = settings.get().loopWait();
        Duration patience = loopWait.compareTo(SHORTEST_PATIENCE) > 0 ? loopWait : SHORTEST_PATIENCE;
        if (!ticket.awaitBegin(patience.plus(CANCELLING)) && inbox.withdraw(ticket)) {
            return refused("reinitialize was not started: " + snapshots.get().reason());
        }
        Optional<Result> end = ticket.awaitEnd(FIRST_STEPS);
        return end.filter(result -> !result.succeeded()).isPresent()
                ? refused("reinitialize failed: " + end.get().message())
                : CommandAnswer.text(200, "reinitialize started");
    }

    CommandAnswer cancel() {
        boolean runs = snapshots
                .get()
                .job()
                .filter(job -> job.kind() == JobKind.REINITIALIZE)
                .isPresent();
        if (!runs) {
            return CommandAnswer.text(404, "no reinitialize is running");
        }
        inbox.cancelReinitialize();
        return CommandAnswer.text(202, "reinitialize is being cancelled");
    }

    /** Facts §3.8 refuse none; whoever misspelt {@code from_leader} should learn of it. */
    static Optional<String> strangers(Map<String, Object> body) {
        return body.keySet().stream()
                .filter(key -> !KNOWN.contains(key))
                .sorted()
                .map(key ->
                        key.substring(0, Math.min(key.length(), LONGEST_KEY)).replaceAll("\\p{Cntrl}", "?"))
                .limit(MOST_KEYS)
                .reduce((one, other) -> one + ", " + other);
    }

    private static boolean flag(Map<String, Object> body, String name) {
        return SettingValue.bool(body.get(name)).orElse(false);
    }

    private static CommandAnswer refused(String line) {
        return CommandAnswer.text(UNAVAILABLE, line);
    }
}
