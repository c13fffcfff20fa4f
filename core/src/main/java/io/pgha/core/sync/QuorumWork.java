package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The evolving state of one pass of {@link QuorumResolver}, with the two primitives of facts §5.16. Each returns whether the
 * pass goes on; a pass that does not has either ended well or has a {@link #failure}.
 */
final class QuorumWork {
    /** Whether Q counts standbys that are listed but not confirmed as possibly lacking a commit. */
    enum Adjust {
        YES,
        NO;

        static Adjust onlyIf(boolean condition) {
            return condition ? YES : NO;
        }
    }

    private final String me;
    private final List<QuorumTransition> outputs = new ArrayList<>();
    private SyncPromise promise;
    private int number;
    private NameSet listed;
    private int confirmed;
    private Optional<String> failure = Optional.empty();

    QuorumWork(QuorumState start) {
        me = start.me();
        promise = start.promise();
        number = start.number();
        listed = start.listed();
        confirmed = start.confirmed();
    }

    NameSet voters() {
        return promise.voters();
    }

    int quorum() {
        return promise.quorum();
    }

    NameSet listed() {
        return listed;
    }

    int number() {
        return number;
    }

    int confirmed() {
        return confirmed;
    }

    void assumeConfirmed(int count) {
        confirmed = count;
    }

    boolean isLedByMe() {
        return promise.isBy(me);
    }

    List<QuorumTransition> outputs() {
        return outputs;
    }

    Optional<String> failure() {
        return failure;
    }

    void forgetFailure() {
        failure = Optional.empty();
    }

    /** Primitive Q for a new leader, me. */
    boolean takeOver(int quorum, NameSet voters) {
        return isValid(quorum, voters) && store(new SyncPromise(me, quorum, voters));
    }

    /** Primitive Q. */
    boolean promise(int quorum, NameSet voters, Adjust adjust) {
        if (!isValid(quorum, voters)) {
            return false;
        }
        if (confirmed == 0 && promise.voters().isEmpty()) {
            return store(SyncPromise.onlyMyself(promise.leader()));
        }
        int unconfirmed = adjust == Adjust.YES ? Math.max(number - confirmed, 0) : 0;
        return store(new SyncPromise(promise.leader(), quorum + unconfirmed, voters));
    }

    boolean promise(int quorum, NameSet voters) {
        return promise(quorum, voters, Adjust.YES);
    }

    /** Primitive S. */
    boolean keep(int newNumber, NameSet names) {
        if (newNumber < 0 || newNumber > names.size()) {
            return fail("number " + newNumber + " of " + names.size() + " standbys");
        }
        number = newNumber;
        listed = names;
        outputs.add(new QuorumTransition.Keep(newNumber, names));
        return invariantsHold();
    }

    boolean invariantsHold() {
        return promise.isKept(number, listed, me)
                || fail("ANY " + number + " (" + listed + ") does not keep " + promise);
    }

    private boolean isValid(int quorum, NameSet voters) {
        return (quorum >= 0 && (quorum == 0 || quorum < voters.size()))
                || fail("quorum " + quorum + " of " + voters.size() + " voters");
    }

    private boolean store(SyncPromise next) {
        boolean same = next.isBy(promise.leader())
                && next.quorum() == promise.quorum()
                && next.voters().equals(promise.voters());
        if (same && !next.voters().isEmpty()) {
            return true;
        }
        if (same) {
            outputs.add(new QuorumTransition.Restart());
            return false;
        }
        promise = next;
        outputs.add(new QuorumTransition.Promise(next));
        return invariantsHold();
    }

    boolean fail(String why) {
        failure = Optional.of(why);
        return false;
    }
}
