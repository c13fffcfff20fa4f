package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Quorum mode (facts §5.16): carries out what {@link QuorumResolver} finds, as far as {@link SyncEvidence} supports it. A
 * state that cannot be resolved, such as a key from a stranger's hand, is left by promising no more than is always true.
 */
final class QuorumSync {
    /** How long new names may take until a standby has caught up with them (facts §5.16, after "restart"). */
    static final Duration SETTLE = Duration.ofSeconds(1);

    private final SyncPicture picture;
    private final List<SyncStep> steps = new ArrayList<>();
    private SyncEvidence evidence;
    private boolean withdrawn;

    private QuorumSync(SyncPicture picture) {
        this.picture = picture;
        this.evidence = new SyncEvidence(
                picture.promise().orElse(SyncPromise.onlyMyself(picture.me())), picture.names(), picture.confirmed());
    }

    static SyncPlan plan(SyncPicture picture) {
        return new QuorumSync(picture).plan();
    }

    private SyncPlan plan() {
        boolean mine = evidence.promise().isBy(picture.me());
        if (picture.promise().isEmpty() || isBroken()) {
            write(SyncPromise.onlyMyself(picture.me()));
        } else if (mine && StrictHold.applies(picture)) {
            return StrictHold.plan(picture, evidence.promise());
        }
        QuorumState state = state();
        QuorumTransition.Pass pass = QuorumResolver.resolve(state);
        if (pass.aborted().isPresent()) {
            return takeLess(state, pass.aborted().get());
        }
        boolean completed = carryOut(pass);
        if (withdrawn) {
            completed = carryOut(QuorumResolver.resolve(state()));
        }
        fixSyntax();
        if (!completed) {
            steps.add(new SyncStep.Reevaluate(SETTLE));
        }
        return new SyncPlan(
                steps,
                completed
                        ? "synchronous with " + evidence.names()
                        : "waiting until enough of " + evidence.names() + " have every acknowledged commit");
    }

    /**
     * A promise that the names do not keep. Under another leader's name that may be so right after a promotion, when its
     * key was kept on purpose; but not with nobody listed: then my first commits went nowhere else.
     */
    private boolean isBroken() {
        return evidence.promise().isBy(picture.me())
                ? !evidence.promise().isKeptBy(picture.names(), picture.me())
                : picture.names().members().isEmpty();
    }

    private void withdraw() {
        write(SyncPromise.onlyMyself(picture.me()));
        withdrawn = true;
    }

    private QuorumState state() {
        SyncPromise promise = evidence.promise();
        SyncNames names = evidence.names();
        return new QuorumState(
                promise.leader(),
                promise.quorum(),
                promise.voters(),
                names.guaranteed(),
                names.members(),
                evidence.confirmed().size(),
                picture.active(),
                picture.settings().nodeCount(),
                picture.me());
    }

    /** Whether all of it could be carried out without another look at the standbys. */
    private boolean carryOut(QuorumTransition.Pass pass) {
        for (List<QuorumTransition> run : pass.runs()) {
            QuorumTransition last = run.get(run.size() - 1);
            boolean done = false;
            if (last instanceof QuorumTransition.Promise) {
                done = promise(run);
            } else if (last instanceof QuorumTransition.Keep wanted) {
                done = keep(wanted);
            }
            if (!done) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes the last promise of the run, or as far as the evidence reaches. A promise that no standby can come to support
     * is not waited for: the old one is given up, after which the names are free to change.
     *
     * @return whether the last promise was written
     */
    private boolean promise(List<QuorumTransition> run) {
        List<SyncPromise> wanted = run.stream()
                .filter(QuorumTransition.Promise.class::isInstance)
                .map(transition -> possible(((QuorumTransition.Promise) transition).promise()))
                .toList();
        SyncPromise before = evidence.promise();
        SyncPromise last = wanted.get(wanted.size() - 1);
        wanted.stream()
                .filter(evidence::supports)
                .reduce((earlier, later) -> later)
                .ifPresent(this::write);
        if (evidence.promise().equals(last)) {
            return true;
        }
        boolean moved = !evidence.promise().equals(before);
        if (!moved && !(before.isBy(picture.me()) && evidence.mayComeToSupport(last, picture.active()))) {
            withdraw();
        }
        return false;
    }

    /**
     * Where the resolver asks for as many votes as there are voters, because nobody is confirmed, the best promise that is
     * known to be true takes its place.
     */
    private SyncPromise possible(SyncPromise wanted) {
        return wanted.holders() > 0 ? wanted : evidence.best(wanted.leader(), wanted.voters());
    }

    /** Names are only ever set that keep the promise as it stands. */
    private boolean keep(QuorumTransition.Keep wanted) {
        SyncNames names = wanted.names().isEmpty()
                ? picture.settings().namesForNobody()
                : SyncNames.quorum(wanted.number(), wanted.names());
        boolean kept = evidence.promise().isKeptBy(names, picture.me());
        if (kept) {
            setNames(names);
        }
        return kept;
    }

    /**
     * The resolver cannot change everything at once, for example the number and the list (facts §5.16: the pass aborts). A
     * part of it may do, and the rest follows with the next look. If not, the promise is given up, after which the names
     * may be set at once to what they shall be.
     */
    private SyncPlan takeLess(QuorumState state, String failure) {
        for (QuorumState smaller : List.of(state.withoutJoining(), state.withPresentNumber())) {
            if (steps.isEmpty()) {
                carryOut(QuorumResolver.resolve(smaller));
            }
        }
        if (steps.isEmpty()) {
            withdraw();
            NameSet active = picture.active();
            setNames(
                    active.isEmpty()
                            ? picture.settings().namesForNobody()
                            : SyncNames.quorum(Math.min(picture.settings().nodeCount(), active.size()), active));
        }
        steps.add(new SyncStep.Reevaluate(SETTLE));
        return new SyncPlan(steps, "synchronous replication is changed in parts, because " + failure);
    }

    /**
     * What the resolver does not see: names in the syntax of priority mode, under which no standby is ever confirmed, or
     * names of nobody that should be none.
     */
    private void fixSyntax() {
        SyncNames names = evidence.names();
        if (names.members().isEmpty()) {
            setNames(picture.settings().namesForNobody());
        } else if (names.kind() == SyncNames.Kind.PRIORITY) {
            setNames(SyncNames.quorum(names.guaranteed(), names.members()));
        }
    }

    /** Of two writes in a row nobody would see the first. */
    private void write(SyncPromise promise) {
        if (promise.equals(evidence.promise()) && picture.promise().isPresent()) {
            return;
        }
        int last = steps.size() - 1;
        if (last >= 0 && steps.get(last) instanceof SyncStep.WriteSyncKey) {
            steps.remove(last);
        }
        steps.add(new SyncStep.WriteSyncKey(promise));
        evidence = evidence.with(promise);
    }

    private void setNames(SyncNames names) {
        Optional<SyncNames> change = Optional.of(names).filter(wanted -> !wanted.equals(evidence.names()));
        change.ifPresent(wanted -> {
            steps.add(new SyncStep.SetNames(wanted));
            evidence = evidence.with(wanted);
        });
    }
}
