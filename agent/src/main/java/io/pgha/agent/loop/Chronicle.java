package io.pgha.agent.loop;

import io.pgha.agent.port.Events;
import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Situation;
import io.pgha.core.event.Actor;
import io.pgha.core.event.Candidacies;
import io.pgha.core.event.Event;
import io.pgha.core.event.Phase;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.MonotonicTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes the loop's part of the event history: each decision that changed something or weighed candidates, how long its parts
 * took, and what came of it. The loop's thread only.
 */
final class Chronicle {
    /** {@code AcquireLock} as {@code acquire lock}. */
    private static final ClassValue<String> WORDS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> action) {
            return action.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        }
    };

    private final Events events;
    private final List<Phase> phases = new ArrayList<>();
    private Optional<Awaited> awaited = Optional.empty();

    /** An event whose Job is not over. */
    private record Awaited(long number, JobKind kind, MonotonicTime since) {}

    Chronicle(Events events) {
        this.events = events;
    }

    /** A cycle has looked at everything. */
    void observed(Situation situation, Duration took) {
        phases.clear();
        phases.add(new Phase("observe", took));
        situation.job().finished().ifPresent(job -> finished(job, situation.now()));
    }

    /**
     * Something was decided and done.
     *
     * @param situation in which it was decided
     * @param outcome of doing it
     * @param began when doing it began
     * @param job that it started
     * @param now when it was done
     */
    void decided(
            Situation situation,
            Decision decision,
            Outcome outcome,
            MonotonicTime began,
            Optional<JobKind> job,
            MonotonicTime now) {
        // Long work is only begun here; how long it takes is known when it has finished.
        String name = job.isPresent() ? "begin" : words(decision.action());
        phases.add(new Phase(name, now.since(began)));
        if (!isWorthKeeping(situation, decision.action())) {
            return;
        }
        Event event = Event.of(
                        situation.wall(),
                        Actor.LOOP,
                        decision.rule(),
                        decision.reason(),
                        decision.action().getClass().getSimpleName())
                .among(Candidacies.of(situation));
        if (situation.dcsSeen() && situation.unlocked()) {
            event = situation
                    .memory()
                    .leaderlessSince()
                    .map(since -> new Phase(Phase.LEADERLESS, began.since(since)))
                    .map(event::with)
                    .orElse(event);
        }
        for (Phase phase : phases) {
            event = event.with(phase);
        }
        phases.clear();
        Optional<String> said = sentence(outcome);
        long number = events.add(said.map(event::endedWith).orElse(event));
        job.ifPresent(kind -> awaited = Optional.of(new Awaited(number, kind, now)));
    }

    private void finished(JobStatus.Finished job, MonotonicTime now) {
        awaited.filter(event -> event.kind() == job.kind()).ifPresent(event -> {
            Phase phase = new Phase(job.kind().words(), now.since(event.since()));
            String outcome =
                    (job.succeeded() ? "done" : "failed") + (job.message().isEmpty() ? "" : ": " + job.message());
            events.change(event.number(), known -> known.with(phase).endedWith(outcome));
            awaited = Optional.empty();
        });
    }

    /** Looking changes nothing, and neither does going on as before; but who was weighed is to be known afterwards. */
    private static boolean isWorthKeeping(Situation situation, Action action) {
        boolean looks = action instanceof Action.AskPeers || action instanceof Action.CheckDivergence;
        boolean goesOn = action instanceof Action.Wait || action instanceof Action.RenewLock;
        return !looks
                && (!goesOn
                        || (action instanceof Action.Wait && situation.peers().isPresent()));
    }

    private static Optional<String> sentence(Outcome outcome) {
        if (outcome instanceof Outcome.LockHeld) {
            return Optional.of("done: the leader lock is held");
        } else if (outcome instanceof Outcome.LockRefused refused) {
            return Optional.of("failed: " + refused.reason());
        } else if (outcome instanceof Outcome.LockUncertain uncertain) {
            return Optional.of("unknown: " + uncertain.reason());
        } else if (outcome instanceof Outcome.LockReleased) {
            return Optional.of("done: the leader lock is released");
        } else if (outcome instanceof Outcome.InitializeWon) {
            return Optional.of("done: this member initialises the cluster");
        } else if (outcome instanceof Outcome.InitializeUncertain uncertain) {
            return Optional.of("unknown: " + uncertain.reason());
        }
        return Optional.empty();
    }

    private static String words(Action action) {
        return WORDS.get(action.getClass());
    }
}
