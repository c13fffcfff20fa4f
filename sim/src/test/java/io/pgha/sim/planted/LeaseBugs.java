package io.pgha.sim.planted;

import static io.pgha.sim.fault.FaultFamily.AGENT_CRASH;
import static io.pgha.sim.fault.FaultFamily.AGENT_FREEZE_LONG;
import static io.pgha.sim.fault.FaultFamily.ETCD_OUTAGE;
import static io.pgha.sim.fault.FaultFamily.ETCD_PARTITION;
import static io.pgha.sim.fault.FaultFamily.LOST_REPLIES;
import static io.pgha.sim.fault.FaultFamily.NODE_LOSS;
import static io.pgha.sim.fault.FaultFamily.SLOW_CALLS;
import static io.pgha.sim.fault.FaultFamily.WALL_CLOCK;

import io.pgha.agent.port.Surroundings;
import io.pgha.core.model.LeaseTimes;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import io.pgha.core.time.Clock;
import io.pgha.dcs.DcsOutcome;
import io.pgha.sim.planted.Interposed.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Mistakes with the lock and its time. */
final class LeaseBugs {
    private static final Postmaster WHOEVER = new Postmaster(0, 0);

    private LeaseBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                new PlantedBug(
                                "1: the deadline is counted from the reply",
                                Sabotage.ports(LeaseBugs::deadlineFromReply),
                                List.of(SLOW_CALLS, AGENT_FREEZE_LONG, AGENT_CRASH),
                                2)
                        .from(9),
                new PlantedBug(
                                "2: the wall clock is taken for the monotonic one",
                                Sabotage.ports(s -> wallClock(Sabotage.noDeadMan(s))),
                                List.of(WALL_CLOCK, ETCD_PARTITION),
                                2)
                        .from(13),
                new PlantedBug(
                        "3: a failed renewal does not demote",
                        Sabotage.both(
                                s -> Sabotage.noAlarm(Sabotage.noDeadMan(s)),
                                Sabotage.without("PrimaryCannotProveItsLock", "LeaderCannotProveItsLock")),
                        List.of(ETCD_PARTITION),
                        1),
                new PlantedBug(
                                "7: the lock is taken without a comparison",
                                Sabotage.ports(s -> Sabotage.dcs(
                                        s,
                                        call -> call.is("acquireLock", "renewLock")
                                                ? s.dcs().takeLock()
                                                : call.proceed())),
                                List.of(NODE_LOSS, SLOW_CALLS, AGENT_FREEZE_LONG),
                                3)
                        .from(31),
                new PlantedBug(
                        "9: a renewal that failed is taken for one that succeeded",
                        Sabotage.ports(LeaseBugs::everyRenewalSucceeds),
                        List.of(ETCD_OUTAGE, ETCD_PARTITION, LOST_REPLIES),
                        1),
                new PlantedBug(
                                "24: the dead-man is told before the renewal",
                                Sabotage.ports(LeaseBugs::heartbeatFirst),
                                List.of(ETCD_PARTITION, AGENT_FREEZE_LONG, AGENT_CRASH),
                                2)
                        .from(26),
                new PlantedBug(
                        "27: callbacks block the loop",
                        Sabotage.ports(s -> Sabotage.blockingCallbacks(Sabotage.noAlarm(Sabotage.noDeadMan(s)))),
                        List.of(NODE_LOSS),
                        1),
                new PlantedBug(
                        "28: calls to the DCS are repeated past the deadline",
                        Sabotage.ports(
                                s -> Sabotage.dcs(Sabotage.noAlarm(Sabotage.noDeadMan(s)), LeaseBugs::untilAnswered)),
                        List.of(ETCD_PARTITION, ETCD_OUTAGE),
                        1),
                new PlantedBug(
                        "the dead-man is never armed",
                        Sabotage.ports(s -> Sabotage.fence(s, call -> call.is("arm") ? true : call.proceed())),
                        List.of(AGENT_CRASH, AGENT_FREEZE_LONG),
                        1));
    }

    /** Guard and dead-man get the time that the last renewal took on top. */
    private static Surroundings deadlineFromReply(Surroundings s) {
        AtomicReference<Duration> took = new AtomicReference<>(Duration.ZERO);
        Surroundings slow = Sabotage.dcs(s, call -> {
            MonotonicTime sent = s.clock().now();
            Object answer = call.proceed();
            if (call.is("renewLock", "acquireLock")) {
                took.set(s.clock().now().since(sent));
            }
            return answer;
        });
        slow = Sabotage.timer(
                slow,
                call -> call.is("schedule")
                        ? call.with(later(call, took.get()), call.args().get(1))
                        : call.proceed());
        return Sabotage.fence(
                slow,
                call -> call.is("arm")
                        ? call.with(later(call, took.get()), call.args().get(1))
                        : call.proceed());
    }

    private static MonotonicTime later(Call call, Duration by) {
        return ((MonotonicTime) call.args().get(0)).plus(by);
    }

    private static Object untilAnswered(Call call) throws Throwable {
        Object answer = call.proceed();
        while (call.is("read", "renewLock")
                && (answer instanceof DcsOutcome.Unavailable || answer instanceof DcsOutcome.Unknown)) {
            answer = call.proceed();
        }
        return answer;
    }

    private static Surroundings wallClock(Surroundings s) {
        Clock real = s.clock();
        Clock wall = new Clock() {
            @Override
            public MonotonicTime now() {
                Instant time = real.wall();
                return new MonotonicTime(time.getEpochSecond() * 1_000_000_000L + time.getNano());
            }

            @Override
            public Instant wall() {
                return real.wall();
            }
        };
        return Sabotage.clock(
                Sabotage.timer(
                        s,
                        call -> call.is("schedule")
                                ? call.with(
                                        real.now()
                                                .plus(((MonotonicTime)
                                                                call.args().get(0))
                                                        .since(wall.now())),
                                        call.args().get(1))
                                : call.proceed()),
                wall);
    }

    private static Surroundings everyRenewalSucceeds(Surroundings s) {
        return Sabotage.dcs(s, call -> {
            Object answer = call.proceed();
            return call.is("renewLock") ? new DcsOutcome.Done<Void>(null) : answer;
        });
    }

    private static Surroundings heartbeatFirst(Surroundings s) {
        return Sabotage.dcs(s, call -> {
            if (call.is("read") && s.fence().status().armed()) {
                Duration ttl = s.configuration().settings().ttl();
                MonotonicTime until = s.clock().now().plus(ttl);
                s.fence().arm(LeaseTimes.forTtl(ttl).deadManAt(until), WHOEVER);
            }
            return call.proceed();
        });
    }
}
