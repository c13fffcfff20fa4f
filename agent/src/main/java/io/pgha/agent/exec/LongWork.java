package io.pgha.agent.exec;

import io.pgha.agent.inbox.Inbox;
import io.pgha.agent.inbox.Ticket;
import io.pgha.agent.lease.LeaseGuard;
import io.pgha.agent.port.Callbacks;
import io.pgha.agent.port.JobBody;
import io.pgha.agent.port.Surroundings;
import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Divergence;
import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.StopMode;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.Result;
import io.pgha.postgres.StopObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the Jobs. Each one's body is a few orders to PostgreSQL in sequence. */
final class LongWork {
    private static final Logger LOG = LoggerFactory.getLogger(LongWork.class);
    /** Whether a start takes too long is decided by a rule, which knows whether somebody else could take over. */
    private static final Duration CRASH_RECOVERY_LIMIT = Duration.ofDays(1);

    /** For an ordered restart where primary_start_timeout is 0, which is about crashes. */
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(5);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

    private final Surroundings world;
    private final LeaseGuard guard;
    private final StopProgress stops;
    private final SyncActions sync;

    private final Inbox inbox;

    LongWork(Surroundings world, LeaseGuard guard, StopProgress stops, SyncActions sync, Inbox inbox) {
        this.world = world;
        this.guard = guard;
        this.stops = stops;
        this.sync = sync;
        this.inbox = inbox;
    }

    Outcome bootstrap() {
        return start(JobKind.BOOTSTRAP, control -> world.postgres().bootstrap(control));
    }

    /** What is copied is ready: the other cluster has its roles already. */
    Outcome bootstrapStandby(Optional<Upstream> remote) {
        return start(JobKind.BOOTSTRAP, control -> {
            Result copied = world.postgres().createReplica(new CloneRequest(remote, false), control);
            return copied.succeeded() ? world.postgres().startAsStandby(remote, Duration.ZERO, control) : copied;
        });
    }

    Outcome finishBootstrap() {
        return start(JobKind.POST_BOOTSTRAP, control -> world.postgres().finishBootstrap(control));
    }

    Outcome createReplica(Optional<Upstream> source) {
        return start(
                JobKind.CLONE, control -> world.postgres().createReplica(new CloneRequest(source, false), control));
    }

    Outcome startAsPrimary(Situation situation) {
        Duration limit = situation.settings().primaryStartTimeout().plus(CRASH_RECOVERY_LIMIT);
        return start(JobKind.START_PRIMARY, control -> {
            if (!guard.provenForLong()) {
                return new Result.Failed("the leader lock is not proven any longer");
            }
            return orFence(world.postgres().startAsPrimary(limit, control));
        });
    }

    Outcome startAsStandby(Optional<Upstream> upstream) {
        return start(
                JobKind.START_STANDBY, control -> world.postgres().startAsStandby(upstream, Duration.ZERO, control));
    }

    /** In pause a standby is pointed at another upstream, but not stopped for it (facts §5.17). */
    Outcome follow(Situation situation, Optional<Upstream> upstream) {
        boolean paused = situation.paused();
        return start(
                JobKind.FOLLOW,
                control -> paused && world.postgres().followsUnlessRestarted(upstream)
                        ? new Result.Succeeded(
                                "following it would take a restart, which waits for the end of the pause")
                        : world.postgres().follow(upstream, control));
    }

    /** Promotes to the claimed timeline or one above it. */
    Outcome promote(Situation situation, Timeline claimed) {
        Duration wait = situation.settings().loopWait();
        sync.forget();
        return start(JobKind.PROMOTE, control -> {
            Result ready = world.postgres().beforePromotion(control);
            if (!ready.succeeded()) {
                return ready;
            }
            Result skipped = world.postgres().skipTimelines(new Timeline(claimed.number() - 1));
            if (!skipped.succeeded()) {
                return skipped;
            }
            // The last before the promotion itself: once the key is written, nobody else may lead.
            Result waiting = sync.beforePromotion(situation);
            if (!waiting.succeeded()) {
                return waiting;
            }
            Result promoted = world.postgres()
                    .promote(
                            wait,
                            () -> {
                                boolean allowed = guard.provenForLong() && !control.cancelled();
                                if (allowed) {
                                    world.callbacks().fire(Callbacks.Action.ON_ROLE_CHANGE, Role.PRIMARY);
                                }
                                return allowed;
                            },
                            control);
            return orFence(promoted);
        });
    }

    /** A server that takes writes though the lock ran out meanwhile is stopped before the Job ends. */
    private Result orFence(Result started) {
        if (guard.validUntil().filter(world.clock().now()::isBefore).isPresent()) {
            return started;
        }
        String reason = "the leader lock ran out meanwhile";
        world.postgres().fence(reason);
        return new Result.Failed(reason);
    }

    Outcome demote(Situation situation, Action.Parting parting) {
        boolean prepared = parting == Action.Parting.PREPARED;
        Duration limit = prepared ? stopLimit(situation) : Duration.ZERO;
        return start(JobKind.DEMOTE, control -> world.postgres().stop(StopMode.FAST, prepared, limit, stops));
    }

    /** Commits that wait for a standby could hold up a stop for ever; without them nothing does (facts §5.11). */
    private static Duration stopLimit(Situation situation) {
        boolean limited =
                situation.settings().sync().isOn() && situation.local().runsAsPrimary();
        return limited ? situation.settings().primaryStopTimeout() : Duration.ZERO;
    }

    Outcome shutDown(Situation situation) {
        world.jobs().cancel();
        Duration limit = stopLimit(situation);
        return start(JobKind.SHUTDOWN, control -> world.postgres().stop(StopMode.FAST, true, limit, stops));
    }

    /**
     * Stops with a checkpoint and starts again as what it was. The loop goes on renewing a leader's lock meanwhile; a
     * primary is only started while the lock is proven, and stopped at once if it ran out while it started.
     */
    Outcome restart(Situation situation, Action.Restart action) {
        Ticket<RestartOrder> ticket = inbox.takeRestart(action.order());
        Duration configured = situation.settings().primaryStartTimeout();
        Duration limit = action.order().timeout().orElse(configured.isZero() ? RESTART_LIMIT : configured);
        return start(JobKind.RESTART, control -> {
            Result result = new Result.Failed("it broke off");
            try {
                result = restarted(action, limit, ticket, control);
            } finally {
                ticket.finish(result);
            }
            return result;
        });
    }

    private Result restarted(Action.Restart action, Duration limit, Ticket<RestartOrder> ticket, JobControl control) {
        control.progress("stopping PostgreSQL");
        Result stopped = world.postgres().stop(StopMode.FAST, true, LONGEST_STOP, StopObserver.NONE);
        ticket.stopped();
        if (!stopped.succeeded()) {
            return stopped;
        }
        if (control.cancelled()) {
            return new Result.Cancelled();
        }
        control.progress("starting PostgreSQL");
        if (action.as() != Role.PRIMARY) {
            return world.postgres().startAsStandby(action.upstream(), limit, control);
        }
        if (!guard.provenForLong()) {
            return new Result.Failed("the leader lock is not proven any longer");
        }
        return orFence(world.postgres().startAsPrimary(limit.plus(CRASH_RECOVERY_LIMIT), control));
    }

    /** Nothing that this server has is wanted any more, so that it stops at once. */
    Outcome reinitialize(Situation situation, Action.Reinitialize action) {
        Ticket<ReinitializeOrder> ticket = inbox.takeReinitialize(action.order());
        Duration limit = situation.settings().retryTimeout();
        CloneRequest request =
                new CloneRequest(Optional.of(action.source()), action.order().fromLeader());
        return start(JobKind.REINITIALIZE, control -> {
            Result result = new Result.Failed("it broke off");
            try {
                control.progress("stopping PostgreSQL");
                result = world.postgres().stop(StopMode.IMMEDIATE, false, limit, StopObserver.NONE);
                if (result.succeeded()) {
                    result = control.cancelled()
                            ? new Result.Cancelled()
                            : world.postgres().replaceData(request, action.oldData(), control);
                }
            } finally {
                ticket.finish(result);
            }
            return result;
        });
    }

    Outcome crashRecover() {
        return start(JobKind.CRASH_RECOVERY, control -> world.postgres().crashRecover(control));
    }

    Outcome checkDivergence(Upstream leader) {
        JobBody body = control -> {
            Divergence found = world.postgres().checkDivergence(leader, control);
            return new JobStatus.Finished(
                    JobKind.CHECK_DIVERGENCE, JobEnding.DONE, sentence(found, leader), Optional.of(found));
        };
        world.jobs().start(JobKind.CHECK_DIVERGENCE, body);
        return new Outcome.CycleEnds();
    }

    private static String sentence(Divergence found, Upstream leader) {
        if (found instanceof Divergence.Diverged diverged) {
            return diverged.reason();
        } else if (found instanceof Divergence.Hidden hidden) {
            return hidden.reason();
        } else if (found instanceof Divergence.Undetermined undetermined) {
            return undetermined.reason();
        }
        return "the local history is part of that of " + leader.name();
    }

    Outcome rewind(Situation situation, Upstream leader) {
        boolean remove = situation.settings().removeOnRewindFailure();
        return start(JobKind.REWIND, control -> {
            Result stopped = world.postgres().stop(StopMode.FAST, false, LONGEST_STOP, stops);
            if (!stopped.succeeded()) {
                return stopped;
            }
            Result rewound = world.postgres().rewind(leader, control);
            return rewound instanceof Result.Failed && remove ? removed(rewound) : rewound;
        });
    }

    Outcome copySlots(Action.CopySlots action) {
        return start(JobKind.COPY_SLOTS, control -> {
            Result copied =
                    world.postgres().copyLogicalSlots(action.leader(), action.upstream(), action.slots(), control);
            if (!copied.succeeded()) {
                LOG.warn("the logical slots {} were not copied: {}", action.slots(), copied.message());
            }
            return copied;
        });
    }

    /** What is half rewound is only replaced: no rule would remove it any more, though the operator wants that. */
    private Result removed(Result rewound) {
        if (world.postgres().observe().dataDirectory() != DataDirectory.HALF_REWOUND) {
            return rewound;
        }
        return new Result.Failed(
                rewound.message() + "; " + world.postgres().setAside(true).message());
    }

    Outcome setAside(Action.Disposal disposal) {
        return start(JobKind.SET_ASIDE, control -> {
            Result stopped = world.postgres().stop(StopMode.FAST, false, LONGEST_STOP, stops);
            return stopped.succeeded() ? world.postgres().setAside(disposal == Action.Disposal.REMOVE) : stopped;
        });
    }

    private Outcome start(JobKind kind, Function<JobControl, Result> work) {
        stops.begin(kind);
        world.jobs().start(kind, control -> told(finished(kind, work.apply(control))));
        return new Outcome.CycleEnds();
    }

    /** Why a promotion failed is what an operator asks first; later decisions say only that it did. */
    private static JobStatus.Finished told(JobStatus.Finished job) {
        if (job.kind() == JobKind.PROMOTE && job.ending() == JobEnding.FAILED) {
            LOG.warn("the promotion failed: {}", job.message());
        }
        return job;
    }

    /**
     * A promotion, or a start of a standby, that takes longer than one wait is not a failed one: the next cycle looks how it
     * stands.
     */
    private static JobStatus.Finished finished(JobKind kind, Result result) {
        return new JobStatus.Finished(kind, ending(kind, result), result.message());
    }

    private static JobEnding ending(JobKind kind, Result result) {
        if (result.succeeded()) {
            return JobEnding.DONE;
        } else if (result instanceof Result.Cancelled) {
            return JobEnding.CANCELLED;
        } else if (result instanceof Result.TimedOut) {
            boolean goesOn = kind == JobKind.PROMOTE || kind == JobKind.START_STANDBY || kind == JobKind.RESTART;
            return goesOn ? JobEnding.DONE : JobEnding.POSTPONED;
        }
        return JobEnding.FAILED;
    }
}
