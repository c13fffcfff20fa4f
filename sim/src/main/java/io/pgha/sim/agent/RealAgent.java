package io.pgha.sim.agent;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.lease.FailsafeRegister;
import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.loop.HaLoop;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.rules.DecisionTable;
import io.pgha.restapi.NodeSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The loop and the rules of the product. */
public final class RealAgent implements SimAgent {
    private final HaLoop loop;
    private final FailsafeRegister register;
    private final Surroundings surroundings;
    private final Inbox inbox;
    private final UnaryOperator<ServerStatus> tells;
    private Optional<NodeSnapshot> snapshot = Optional.empty();

    /** @param rules the table, in order */
    public RealAgent(Surroundings surroundings, Consumer<Decision> journal, List<Rule> rules) {
        this(surroundings, journal, rules, new Inbox(surroundings.doorbell()));
    }

    /** @param inbox what operators order from this node */
    public RealAgent(Surroundings surroundings, Consumer<Decision> journal, List<Rule> rules, Inbox inbox) {
        this(surroundings, journal, rules, inbox, UnaryOperator.identity());
    }

    /** @param tells what it says of its server, given what the server says */
    public RealAgent(
            Surroundings surroundings,
            Consumer<Decision> journal,
            List<Rule> rules,
            Inbox inbox,
            UnaryOperator<ServerStatus> tells) {
        this.tells = tells;
        LeaseGuard guard = new LeaseGuard(surroundings);
        this.register = guard.failsafe();
        this.surroundings = surroundings;
        this.inbox = inbox;
        this.loop = new HaLoop(
                surroundings,
                DecisionTable.of(List.of(new NotedTable(DecisionTable.of(rules), journal))),
                guard,
                "sim",
                published -> snapshot = Optional.of(published),
                inbox);
    }

    /** The agent as it is shipped. */
    public static SimAgent standard(Surroundings surroundings, Consumer<Decision> journal) {
        return new RealAgent(surroundings, journal, DecisionTable.standard().rules());
    }

    @Override
    public void run() {
        try {
            loop.run(() -> {});
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts here", e);
        }
    }

    @Override
    public void shutDown() {
        loop.shutDown();
    }

    @Override
    public void detach() {
        loop.detach();
    }

    @Override
    public FailsafeAnswer failsafe(FailsafePing ping) {
        HaSettings settings = surroundings.configuration().settings();
        if (!settings.failsafeMode()) {
            return FailsafeAnswer.refused(settings.name(), "failsafe mode is off");
        }
        return register.accept(ping, settings.ttl())
                ? FailsafeAnswer.accepted(settings.name(), Optional.of(settings.ttl()))
                : FailsafeAnswer.refused(settings.name(), "it leads, or is about to");
    }

    @Override
    public ServerStatus tells(ServerStatus status) {
        return tells.apply(status);
    }

    @Override
    public Inbox inbox() {
        return inbox;
    }

    @Override
    public Optional<NodeSnapshot> snapshot() {
        return snapshot;
    }

    /** A whole table as one rule, whose decisions are written down. */
    private record NotedTable(DecisionTable table, Consumer<Decision> journal) implements Rule {
        @Override
        public String says() {
            return "what the table says";
        }

        @Override
        public Optional<Decision> consider(Situation situation) {
            Decision decision = table.decide(situation);
            journal.accept(decision);
            return Optional.of(decision);
        }
    }
}
