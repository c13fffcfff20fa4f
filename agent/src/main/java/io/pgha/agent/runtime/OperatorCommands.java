package io.pgha.agent.runtime;

import io.pgha.agent.port.Events;
import io.pgha.agent.port.Peers;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.CommandReport;
import io.pgha.restapi.Commands;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What the REST API is asked to do, for the most part by writing keys that the loops of all members obey. Any thread. */
final class OperatorCommands implements Commands {
    private static final FailoverRequest NOTHING =
            new FailoverRequest(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    private final Dcs dcs;
    private final HandoverCommand handover;
    private final ConfigCommands config;
    private final CommandEvents events;
    private final FailsafeCommand failsafe;
    private final Runnable reload;
    private final NodeCommands node;

    /**
     * @param loopWait in force
     * @param events where orders are written down
     * @param failsafe answers primaries that cannot reach the DCS
     * @param reload has the configuration read again; returns at once
     * @param node the commands that concern this node alone
     */
    OperatorCommands(
            Dcs dcs,
            Peers peers,
            Clock clock,
            Supplier<Duration> loopWait,
            Events events,
            FailsafeCommand failsafe,
            Runnable reload,
            NodeCommands node) {
        this.dcs = dcs;
        this.events = new CommandEvents(events, clock);
        this.handover = new HandoverCommand(dcs, peers, clock, loopWait, duration -> Thread.sleep(duration.toMillis()));
        this.config = new ConfigCommands(dcs);
        this.failsafe = failsafe;
        this.reload = reload;
        this.node = node;
    }

    @Override
    public CommandAnswer switchover(Map<String, Object> body) {
        return handover.carryOut(HandoverOrder.Kind.SWITCHOVER, body);
    }

    @Override
    public CommandAnswer failover(Map<String, Object> body) {
        return handover.carryOut(HandoverOrder.Kind.FAILOVER, body);
    }

    @Override
    public CommandAnswer failsafe(Map<String, Object> body) {
        return failsafe.carryOut(body);
    }

    @Override
    public CommandAnswer cancelSwitchover() {
        if (!(dcs.read() instanceof DcsOutcome.Done<ClusterView> done)) {
            return CommandAnswer.text(503, "The DCS does not answer");
        }
        Optional<FailoverRequest> request = done.value()
                .failover()
                .filter(FailoverRequest::isPresent)
                .filter(one -> one.scheduledAt().isPresent());
        if (request.isEmpty()) {
            return CommandAnswer.text(404, "no switchover is scheduled");
        }
        DcsOutcome<Void> written =
                dcs.writeFailover(NOTHING, OptionalLong.of(request.get().modRevision()));
        if (written.isDone()) {
            return CommandAnswer.text(200, "scheduled switchover deleted");
        }
        return written instanceof DcsOutcome.Refused<Void>
                ? CommandAnswer.text(409, "the scheduled switchover was changed at the same moment")
                : CommandAnswer.text(503, "the scheduled switchover could not be deleted: " + written.reason());
    }

    @Override
    public CommandAnswer patchConfig(Map<String, Object> body) {
        return config.patch(body);
    }

    @Override
    public CommandAnswer replaceConfig(Map<String, Object> body) {
        return config.replace(body);
    }

    @Override
    public CommandAnswer reload() {
        reload.run();
        return CommandAnswer.text(202, "reload scheduled");
    }

    @Override
    public void carriedOut(CommandReport report) {
        events.carriedOut(report);
    }

    @Override
    public CommandAnswer restart(Map<String, Object> body) {
        return node.restart(body);
    }

    @Override
    public CommandAnswer cancelRestart() {
        return node.cancelRestart();
    }

    @Override
    public CommandAnswer reinitialize(Map<String, Object> body) {
        return node.reinitialize(body);
    }

    @Override
    public CommandAnswer cancelReinitialize() {
        return node.cancelReinitialize();
    }
}
