package io.pgha.agent.runtime;

import io.pgha.agent.port.Peers;
import io.pgha.agent.runtime.HandoverOrder.Kind;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncState;
import io.pgha.core.time.Clock;
import io.pgha.core.view.ClusterFlags;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.restapi.CommandAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /switchover} and {@code POST /failover} (facts §3.8): checks the order, writes the key {@code failover}, which the
 * loops obey, and watches what becomes of it. Any thread.
 */
final class HandoverCommand {
    private static final Logger LOG = LoggerFactory.getLogger(HandoverCommand.class);
    /** Patroni looks every second; who waits for writes to go on does not want to wait for that. */
    private static final Duration PERIOD = Duration.ofMillis(250);

    private static final Duration SHORTEST_PATIENCE = Duration.ofSeconds(10);
    private static final int REFUSED = 412;
    private static final int FAILED = 503;

    private final Dcs dcs;
    private final Peers peers;
    private final Clock clock;
    private final Supplier<Duration> loopWait;
    private final Pause pause;

    /** How it waits between two looks. */
    interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    HandoverCommand(Dcs dcs, Peers peers, Clock clock, Supplier<Duration> loopWait, Pause pause) {
        this.dcs = dcs;
        this.peers = peers;
        this.clock = clock;
        this.loopWait = loopWait;
        this.pause = pause;
    }

    CommandAnswer carryOut(Kind asked, Map<String, Object> body) {
        if (!(dcs.read() instanceof DcsOutcome.Done<ClusterView> done)) {
            return CommandAnswer.text(FAILED, "The DCS does not answer");
        }
        ClusterView view = done.value();
        boolean paused = ClusterFlags.of(view).paused();
        HandoverOrder.Parsed parsed = HandoverOrder.parse(asked, body, paused, clock.wall());
        if (parsed instanceof HandoverOrder.Flawed flawed) {
            return flawed.answer();
        }
        HandoverOrder order = ((HandoverOrder.Sound) parsed).order();
        Optional<String> obstacle = order.at().isPresent() ? Optional.empty() : obstacle(order, view);
        if (obstacle.isPresent()) {
            return CommandAnswer.text(REFUSED, obstacle.get());
        }
        LOG.info(
                "asked over REST: {} from {} to {}{}",
                order.kind().noun(),
                order.leader().orElse("whoever leads"),
                order.candidate().orElse("whoever is able"),
                order.at().map(time -> " at " + time).orElse(""));
        DcsOutcome<Void> written = dcs.writeFailover(order.request(), OptionalLong.empty());
        if (!written.isDone()) {
            LOG.warn("the key failover could not be written: {}", written.reason());
            return CommandAnswer.text(FAILED, "failed to write failover key into DCS");
        }
        return order.at().isPresent()
                ? CommandAnswer.text(202, "Switchover scheduled")
                : watch(order, view.leader().map(LeaderLock::holder));
    }

    /** Check 7 of facts §3.8. */
    private Optional<String> obstacle(HandoverOrder order, ClusterView view) {
        if (order.leader().filter(name -> !view.isLedBy(name)).isPresent()) {
            return Optional.of("leader name does not match");
        }
        Optional<Member> named = order.candidate().flatMap(view::member);
        if (order.candidate().isPresent() && named.isEmpty()) {
            return Optional.of("candidate does not exists");
        }
        List<Member> candidates = named.map(List::of).orElseGet(() -> others(view));
        ClusterFlags flags = ClusterFlags.of(view);
        if (flags.synchronous() && !flags.quorum() && order.kind() == Kind.SWITCHOVER) {
            candidates = candidates.stream()
                    .filter(member -> view.sync()
                            .filter(sync -> isSynchronous(sync, member))
                            .isPresent())
                    .toList();
            if (candidates.isEmpty()) {
                return Optional.of(
                        named.isPresent()
                                ? "candidate name does not match with sync_standby"
                                : "switchover is not possible: can not find sync_standby");
            }
        }
        if (candidates.isEmpty()) {
            return Optional.of("switchover is not possible: cluster does not have members except leader");
        }
        boolean able = peers.ask(candidates).stream()
                .anyMatch(peer -> peer.reachable() && !peer.tags().nofailover() && !peer.watchdogFailed());
        return able ? Optional.empty() : Optional.of("failover is not possible: no good candidates have been found");
    }

    private static boolean isSynchronous(SyncState sync, Member member) {
        return sync.hasVoter(member.name());
    }

    private static List<Member> others(ClusterView view) {
        return view.members().values().stream()
                .filter(member -> !view.isLedBy(member.name()))
                .toList();
    }

    /** Step 10 of facts §3.8. */
    private CommandAnswer watch(HandoverOrder order, Optional<String> before) {
        Duration patience = loopWait.get().compareTo(SHORTEST_PATIENCE) > 0 ? loopWait.get() : SHORTEST_PATIENCE;
        var end = clock.now().plus(patience.multipliedBy(2));
        try {
            while (clock.now().isBefore(end)) {
                pause.pause(PERIOD);
                Optional<CommandAnswer> outcome = dcs.read() instanceof DcsOutcome.Done<ClusterView> done
                        ? outcome(order, before, done.value())
                        : Optional.empty();
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return CommandAnswer.text(FAILED, order.kind().noun() + " status unknown");
    }

    private static Optional<CommandAnswer> outcome(HandoverOrder order, Optional<String> before, ClusterView view) {
        Optional<String> now = view.leader().map(LeaderLock::holder);
        if (now.isPresent() && !now.equals(before)) {
            boolean asWished = order.candidate().isEmpty() || order.candidate().equals(now);
            return Optional.of(CommandAnswer.text(
                    200,
                    asWished
                            ? "Successfully " + order.kind().verb() + " over to \"" + now.get() + "\""
                            : order.kind().sentence() + " over to \"" + now.get() + "\" instead of \""
                                    + order.candidate().get() + "\""));
        }
        boolean cleared = view.failover().filter(FailoverRequest::isPresent).isEmpty();
        return cleared && now.equals(before)
                ? Optional.of(CommandAnswer.text(FAILED, order.kind().noun() + " failed"))
                : Optional.empty();
    }
}
