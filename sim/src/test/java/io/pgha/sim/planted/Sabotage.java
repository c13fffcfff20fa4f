package io.pgha.sim.planted;

import io.pgha.agent.port.Configuration;
import io.pgha.agent.port.Fence;
import io.pgha.agent.port.Surroundings;
import io.pgha.agent.port.Timer;
import io.pgha.core.decide.Rule;
import io.pgha.core.rules.DecisionTable;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.postgres.Postgres;
import io.pgha.sim.agent.AgentMaker;
import io.pgha.sim.agent.RealAgent;
import io.pgha.sim.planted.Interposed.Twist;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Ways to break an agent from outside: its ports and its rules. */
public final class Sabotage {
    private Sabotage() {}

    static AgentMaker ports(UnaryOperator<Surroundings> change) {
        return (surroundings, journal) -> RealAgent.standard(change.apply(surroundings), journal);
    }

    static AgentMaker rules(UnaryOperator<List<Rule>> change) {
        return both(UnaryOperator.identity(), change);
    }

    static AgentMaker both(UnaryOperator<Surroundings> ports, UnaryOperator<List<Rule>> rules) {
        return (surroundings, journal) -> new RealAgent(
                ports.apply(surroundings),
                journal,
                rules.apply(DecisionTable.standard().rules()));
    }

    static UnaryOperator<List<Rule>> without(String... ids) {
        Set<String> gone = Set.of(ids);
        return rules -> rules.stream().filter(rule -> !gone.contains(rule.id())).toList();
    }

    static Surroundings dcs(Surroundings s, Twist twist) {
        return with(s, s.clock(), Interposed.on(Dcs.class, s.dcs(), twist), s.postgres(), s.fence(), s.timer());
    }

    /** With something between it and its server. */
    public static Surroundings postgres(Surroundings s, Twist twist) {
        Postgres broken = Interposed.on(Postgres.class, s.postgres(), twist);
        return with(s, s.clock(), s.dcs(), broken, s.fence(), s.timer());
    }

    static Surroundings fence(Surroundings s, Twist twist) {
        return with(s, s.clock(), s.dcs(), s.postgres(), Interposed.on(Fence.class, s.fence(), twist), s.timer());
    }

    static Surroundings timer(Surroundings s, Twist twist) {
        return with(s, s.clock(), s.dcs(), s.postgres(), s.fence(), Interposed.on(Timer.class, s.timer(), twist));
    }

    static Surroundings clock(Surroundings s, Clock clock) {
        return with(s, clock, s.dcs(), s.postgres(), s.fence(), s.timer());
    }

    static Surroundings configuration(Surroundings s, Twist twist) {
        return new Surroundings(
                s.clock(),
                s.dcs(),
                s.postgres(),
                s.peers(),
                s.fence(),
                s.jobs(),
                s.callbacks(),
                s.events(),
                s.timer(),
                s.doorbell(),
                Interposed.on(Configuration.class, s.configuration(), twist));
    }

    /** Callbacks that are waited for, and never come to an end. */
    static Surroundings blockingCallbacks(Surroundings s) {
        return new Surroundings(
                s.clock(),
                s.dcs(),
                s.postgres(),
                s.peers(),
                s.fence(),
                s.jobs(),
                (action, role) -> {
                    for (int i = 0; i < 1_000; i++) {
                        s.postgres().checkpoint(Duration.ofMinutes(1));
                    }
                },
                s.events(),
                s.timer(),
                s.doorbell(),
                s.configuration());
    }

    /** No mistake, but a layer less: where the dead-man's program is missing, the lease guard has to do. */
    static Surroundings noDeadMan(Surroundings s) {
        return fence(s, call -> call.is("arm") ? false : call.is("disarm") ? null : call.proceed());
    }

    /** A lease guard that is never woken. */
    static Surroundings noAlarm(Surroundings s) {
        return timer(s, call -> null);
    }

    private static Surroundings with(
            Surroundings s, Clock clock, Dcs dcs, Postgres postgres, Fence fence, Timer timer) {
        return new Surroundings(
                clock,
                dcs,
                postgres,
                s.peers(),
                fence,
                s.jobs(),
                s.callbacks(),
                s.events(),
                timer,
                s.doorbell(),
                s.configuration());
    }
}
