package io.pgha.agent.runtime;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.inbox.Ticket;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.ScheduledRestart;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.time.Clock;
import io.pgha.core.time.ScheduleText;
import io.pgha.core.view.ClusterFlags;
import io.pgha.postgres.Result;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.NodeSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /restart} and {@code DELETE /restart} (facts §3.8): checks the order, posts it to the loop and waits for what
 * becomes of it. Any thread.
 */
final class RestartCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RestartCommand.class);
    private static final int UNAVAILABLE = 503;
    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(10);
    /** Where primary_start_timeout is 0, which is about crashes. */
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(5);

    private final Inbox inbox;
    private final Supplier<NodeSnapshot> snapshots;
    private final Supplier<HaSettings> settings;
    private final Clock clock;

    RestartCommand(Inbox inbox, Supplier<NodeSnapshot> snapshots, Supplier<HaSettings> settings, Clock clock) {
        this.inbox = inbox;
        this.snapshots = snapshots;
        this.settings = settings;
        this.clock = clock;
    }

    CommandAnswer restart(Map<String, Object> body) {
        NodeSnapshot node = snapshots.get();
        boolean paused = node.paused()
                || node.cluster()
                        .map(ClusterFlags::of)
                        .map(ClusterFlags::paused)
                        .orElse(false);
        RestartRequest.Parsed parsed = RestartRequest.parse(body, paused, clock.wall());
        if (parsed instanceof RestartRequest.Flawed flawed) {
            return flawed.answer();
        }
        RestartRequest request = ((RestartRequest.Sound) parsed).request();
        LOG.info("asked over REST: restart {}", body);
        return request.at().isPresent() ? schedule(request, node) : now(request.order(), node);
    }

    CommandAnswer cancel() {
        return inbox.unschedule()
                ? CommandAnswer.text(200, "scheduled restart deleted")
                : CommandAnswer.text(404, "no restarts are scheduled");
    }

    private CommandAnswer schedule(RestartRequest request, NodeSnapshot node) {
        ScheduledRestart restart = new ScheduledRestart(
                request.order(),
                request.at().orElseThrow(),
                node.server().map(ServerStatus::postmasterStartTime),
                request.filters(),
                ScheduleText.write(request.at().orElseThrow()));
        return inbox.schedule(restart)
                ? CommandAnswer.text(202, "Restart scheduled")
                : CommandAnswer.text(409, "Another restart is already scheduled");
    }

    private CommandAnswer now(RestartOrder order, NodeSnapshot node) {
        Optional<JobStatus.Running> job = node.job();
        if (job.isPresent()) {
            return refused(job.get().kind().words() + " already in progress");
        }
        OptionalInt version = node.server()
                .map(server -> OptionalInt.of(server.serverVersion()))
                .orElseGet(OptionalInt::empty);
        if (order.unmet(node.shownRole(), version, node.pendingRestart()).isPresent()) {
            return refused("restart conditions are not satisfied");
        }
        Optional<Ticket<RestartOrder>> ticket = inbox.restart(order);
        if (ticket.isEmpty()) {
            return refused("restart already in progress");
        }
        try {
            return watch(ticket.get(), settings.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refused("restart status unknown: the agent ends");
        }
    }

    private CommandAnswer watch(Ticket<RestartOrder> ticket, HaSettings in) throws InterruptedException {
        Duration patience = in.loopWait().compareTo(SHORTEST_PATIENCE) > 0 ? in.loopWait() : SHORTEST_PATIENCE;
        if (!ticket.awaitBegin(patience.multipliedBy(2)) && inbox.withdraw(ticket)) {
            return refused("restart was not started: " + snapshots.get().reason());
        }
        Duration configured = in.primaryStartTimeout().isZero() ? USUAL_TIMEOUT : in.primaryStartTimeout();
        Duration timeout = ticket.order().timeout().orElse(configured);
        // A stop that takes longer than the timeout becomes an immediate one, which takes seconds.
        ticket.awaitStop(timeout.plus(Duration.ofMinutes(1)));
        return answer(ticket.awaitEnd(timeout));
    }

    private static CommandAnswer answer(Optional<Result> result) {
        if (result.isEmpty() || result.get() instanceof Result.TimedOut) {
            return refused("postgres is still starting");
        }
        if (result.get().succeeded()) {
            return CommandAnswer.text(200, "restarted successfully");
        }
        return refused("restart failed: " + result.get().message());
    }

    private static CommandAnswer refused(String line) {
        return CommandAnswer.text(UNAVAILABLE, line);
    }
}
