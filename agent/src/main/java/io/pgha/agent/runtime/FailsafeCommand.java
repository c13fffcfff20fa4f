package io.pgha.agent.runtime;

import io.pgha.agent.lease.FailsafeRegister;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Role;
import io.pgha.core.model.ServerStatus;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.NodeSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /failsafe} (facts §3.8): a primary that cannot reach the DCS asks whether it may go on. Any thread. */
final class FailsafeCommand {
    private static final Logger LOG = LoggerFactory.getLogger(FailsafeCommand.class);

    private final FailsafeRegister register;
    private final Supplier<NodeSnapshot> node;
    private volatile Optional<ClusterView> lastView = Optional.empty();

    /** @param node what the last cycle found */
    FailsafeCommand(FailsafeRegister register, Supplier<NodeSnapshot> node) {
        this.register = register;
        this.node = node;
    }

    /** Remembers who belongs to the cluster, for the time in which nothing can be read. */
    void published(NodeSnapshot snapshot) {
        if (snapshot.cluster().isPresent()) {
            lastView = snapshot.cluster();
        }
    }

    CommandAnswer carryOut(Map<String, Object> body) {
        NodeSnapshot now = node.get();
        Optional<FailsafePing> ping = FailsafeWire.parse(body);
        if (ping.isEmpty()) {
            return CommandAnswer.text(400, "The name of the primary is missing");
        }
        if (!now.failsafeEnabled()) {
            return CommandAnswer.text(502, "Failsafe mode is disabled");
        }
        String name = ping.get().name();
        boolean known = lastView.filter(view ->
                        view.failsafe().containsKey(name) || view.member(name).isPresent())
                .isPresent();
        if (!known || name.equals(now.name())) {
            LOG.warn("asked in failsafe mode by a member that this one does not know");
            return CommandAnswer.text(403, "Not a member of this cluster");
        }
        if (now.takesWrites() || now.role() == Role.PRIMARY || now.role() == Role.PROMOTED) {
            return CommandAnswer.text(500, "Running as a leader");
        }
        Duration promise = now.ttl();
        if (!register.accept(ping.get(), promise)) {
            return CommandAnswer.text(500, "This member leads, or is about to");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(FailsafeWire.PROMISE, Long.toString(promise.toMillis()));
        now.server()
                .map(ServerStatus::walPosition)
                .filter(lsn -> !lsn.equals(Lsn.ZERO))
                .ifPresent(lsn -> headers.put("lsn", Long.toString(lsn.bytes())));
        return new CommandAnswer.Bare(200, "Accepted", headers);
    }
}
