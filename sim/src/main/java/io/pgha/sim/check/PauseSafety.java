package io.pgha.sim.check;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.model.JobKind;
import io.pgha.core.slots.SlotPlan;
import io.pgha.sim.kernel.Violation;
import io.pgha.sim.world.CommandWitness;
import io.pgha.sim.world.SimNode;
import io.pgha.sim.world.World;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pause never acts (S8): what reaches a server is compared with an allow-list. In pause a Job is begun only for what an operator
 * ordered (a restart, a new copy, a switchover that names its candidate), or to start again what an order, or a Job from before
 * the pause, has stopped or rewound (facts §5.17); a Job gives only the orders that are its own; no slot is dropped. What the
 * agent remembers does not count as a proof.
 */
public final class PauseSafety implements CommandWitness {
    /** What a Job may order. */
    private static final Map<JobKind, Set<Command>> WITHIN = new EnumMap<>(Map.ofEntries(
            Map.entry(
                    JobKind.BOOTSTRAP, EnumSet.of(Command.BOOTSTRAP, Command.CREATE_REPLICA, Command.START_AS_STANDBY)),
            Map.entry(JobKind.POST_BOOTSTRAP, EnumSet.noneOf(Command.class)),
            Map.entry(JobKind.CLONE, EnumSet.of(Command.CREATE_REPLICA)),
            Map.entry(JobKind.START_PRIMARY, EnumSet.of(Command.START_AS_PRIMARY, Command.FENCE)),
            Map.entry(JobKind.START_STANDBY, EnumSet.of(Command.START_AS_STANDBY)),
            Map.entry(JobKind.FOLLOW, EnumSet.of(Command.FOLLOW)),
            Map.entry(JobKind.PROMOTE, EnumSet.of(Command.PROMOTE, Command.FENCE)),
            Map.entry(JobKind.DEMOTE, EnumSet.of(Command.STOP)),
            Map.entry(JobKind.SHUTDOWN, EnumSet.of(Command.STOP)),
            Map.entry(
                    JobKind.RESTART,
                    EnumSet.of(Command.STOP, Command.START_AS_PRIMARY, Command.START_AS_STANDBY, Command.FENCE)),
            Map.entry(JobKind.REINITIALIZE, EnumSet.of(Command.STOP, Command.REPLACE_DATA)),
            Map.entry(JobKind.CRASH_RECOVERY, EnumSet.of(Command.CRASH_RECOVER)),
            Map.entry(JobKind.CHECK_DIVERGENCE, EnumSet.noneOf(Command.class)),
            Map.entry(JobKind.REWIND, EnumSet.of(Command.STOP, Command.REWIND, Command.SET_ASIDE)),
            Map.entry(JobKind.SET_ASIDE, EnumSet.of(Command.STOP, Command.SET_ASIDE)),
            Map.entry(JobKind.COPY_SLOTS, EnumSet.of(Command.COPY_LOGICAL_SLOTS))));

    /** After these PostgreSQL is down because somebody wanted something else, and is to be started again. */
    private static final Set<Command> LEAVES_DOWN = EnumSet.of(
            Command.STOP,
            Command.REWIND,
            Command.CREATE_REPLICA,
            Command.REPLACE_DATA,
            Command.CRASH_RECOVER,
            Command.COPY_LOGICAL_SLOTS);

    /** What is known of one node. */
    private static final class Trail {
        private Optional<JobKind> job = Optional.empty();
        private boolean restartOrdered;
        private boolean copyOrdered;
        /** PostgreSQL is down because of a Job that was allowed. */
        private boolean owed;
        /** An operator has had its data replaced: what is kept of it goes when the copy streams. */
        private boolean replaced;
    }

    private final World world;
    private final Map<String, Trail> trails = new HashMap<>();

    public PauseSafety(World world) {
        this.world = world;
    }

    /** Begins to watch. */
    public void start() {
        world.onDecision(this::decided);
        world.onCommand(this);
    }

    private Trail trail(SimNode node) {
        return trails.computeIfAbsent(node.name(), any -> new Trail());
    }

    private static boolean pauses(SimNode node) {
        return node.pause().knows() && !node.isPatroni();
    }

    /** Looked at before the order is taken out of the inbox; what is scheduled does not count in pause. */
    private void decided(String name, Decision decision) {
        SimNode node = world.node(name);
        if (decision.action() instanceof Action.Restart) {
            trail(node).restartOrdered = node.orders().restart().isPresent();
        } else if (decision.action() instanceof Action.Reinitialize) {
            trail(node).copyOrdered = node.orders().reinitialize().isPresent();
        }
    }

    @Override
    public void begins(SimNode node, JobKind job) {
        Trail trail = trail(node);
        if (pauses(node) && !mayBegin(node, trail, job)) {
            fail(node, "begins in pause what nobody ordered: " + job.words());
        }
        trail.job = Optional.of(job);
        trail.replaced |= job == JobKind.REINITIALIZE;
        trail.restartOrdered = false;
        trail.copyOrdered = false;
    }

    private static boolean mayBegin(SimNode node, Trail trail, JobKind job) {
        return switch (job) {
            case RESTART -> trail.restartOrdered;
            case REINITIALIZE -> trail.copyOrdered;
            case PROMOTE -> node.pause().isChosen(node.name());
            case DEMOTE -> node.pause().handsOver();
            case START_PRIMARY, START_STANDBY, CRASH_RECOVERY, REWIND -> trail.owed;
            case FOLLOW, CHECK_DIVERGENCE, POST_BOOTSTRAP -> true;
            case BOOTSTRAP, CLONE, SET_ASIDE, COPY_SLOTS, SHUTDOWN -> false;
        };
    }

    @Override
    public void orders(SimNode node, Command command) {
        if (!pauses(node)) {
            return;
        }
        Trail trail = trail(node);
        boolean allowed = switch (command) {
            case DISCARD_REPLACED_DATA -> trail.replaced;
            // Of a bootstrap that had begun.
            case ABANDON_BOOTSTRAP -> true;
            default ->
                trail.job.map(WITHIN::get).filter(own -> own.contains(command)).isPresent();
        };
        if (!allowed) {
            fail(node, "orders in pause: " + command + ", its last Job is " + trail.job);
        }
    }

    @Override
    public void ended(SimNode node, Command command) {
        if (LEAVES_DOWN.contains(command)) {
            trail(node).owed = true;
        }
    }

    @Override
    public void slots(SimNode node, SlotPlan plan) {
        if (pauses(node) && !plan.drop().isEmpty()) {
            fail(node, "drops slots in pause: " + plan.drop());
        }
    }

    @Override
    public void answers(SimNode node) {
        trail(node).owed = false;
    }

    private void fail(SimNode node, String what) {
        world.scheduler().fail(new Violation("S8", node.name() + " " + what));
    }
}
