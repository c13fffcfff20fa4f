package io.pgha.sim.fault;

import io.pgha.agent.inbox.Inbox;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.ScheduledRestart;
import io.pgha.sim.kernel.Chance;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What an operator orders from one node, through its REST API: restarts and new copies, also such as must be refused. */
final class OrderFaults {
    private OrderFaults() {}

    static Optional<Trouble> order(World world, Chance chance) {
        return Victims.agent(world, chance).flatMap(node -> Trouble.momentary(order(world, node, chance)));
    }

    /** Gives an order to that node; the answer is which, in words. */
    static String order(World world, SimNode node, Chance chance) {
        return switch (chance.below(5)) {
            case 0, 1 -> restart(node, chance);
            case 2 -> schedule(node, chance);
            default -> copy(world, node, chance);
        };
    }

    private static String restart(SimNode node, Chance chance) {
        RestartOrder order = conditions(chance);
        node.order(inbox -> inbox.restart(order));
        return "an operator restarts " + node.name() + ": " + order;
    }

    private static RestartOrder conditions(Chance chance) {
        Optional<Role> role = chance.oneIn(3) ? Optional.of(chance.pick(List.of(Role.values()))) : Optional.empty();
        return new RestartOrder(role, OptionalInt.empty(), chance.oneIn(6), Optional.empty());
    }

    private static String schedule(SimNode node, Chance chance) {
        if (chance.oneIn(5)) {
            node.order(Inbox::unschedule);
            return "an operator forgets a restart of " + node.name();
        }
        OffsetDateTime at = node.clock().wall().atOffset(ZoneOffset.UTC).plus(chance.millis(-5_000, 60_000));
        Optional<String> meantFor = chance.oneIn(4) ? Optional.of("1999-01-01 00:00:00+00") : Optional.empty();
        ScheduledRestart restart = new ScheduledRestart(conditions(chance), at, meantFor, Map.of(), at.toString());
        node.order(inbox -> inbox.schedule(restart));
        return "an operator schedules a restart of " + node.name() + " for " + at;
    }

    private static String copy(World world, SimNode node, Chance chance) {
        boolean force = chance.oneIn(2);
        boolean fromLeader = chance.oneIn(2);
        node.order(inbox -> inbox.reinitialize(new ReinitializeOrder(force, fromLeader)));
        String more = "";
        if (chance.oneIn(3)) {
            later(world, chance, () -> node.order(Inbox::cancelReinitialize));
            more = ", and gives it up";
        } else if (chance.oneIn(2)) {
            later(world, chance, () -> node.order(inbox -> inbox.reinitialize(new ReinitializeOrder(true, true))));
            more = ", twice";
        }
        return "an operator wants a new copy on " + node.name() + (force ? " by force" : "") + more;
    }

    private static void later(World world, Chance chance, Runnable action) {
        world.scheduler().after(chance.between(Duration.ofMillis(20), Duration.ofSeconds(4)), action);
    }
}
