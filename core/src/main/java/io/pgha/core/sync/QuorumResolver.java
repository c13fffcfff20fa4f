package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import io.pgha.core.sync.QuorumWork.Adjust;
import java.util.Optional;

/**
 * The quorum resolver of facts §5.16, step by step as numbered there: from the state of the key {@code sync} and of
 * {@code synchronous_standby_names} to the transitions that bring both to "any W of the active standbys", such that the
 * invariants hold after each of them ({@link SyncPromise#isKeptBy}).
 *
 * <p>A step returns whether the pass goes on. A peer that runs Patroni comes to the same transitions from the same state.
 */
public final class QuorumResolver {
    private final String me;
    private final String formerLeader;
    private final NameSet active;
    private final int wanted;
    private final QuorumWork now;

    private QuorumResolver(QuorumState state) {
        me = state.me();
        formerLeader = state.leader();
        active = state.active();
        wanted = state.wantedNumber();
        now = new QuorumWork(state);
    }

    /** One pass over the state. */
    public static QuorumTransition.Pass resolve(QuorumState state) {
        return new QuorumResolver(state).pass();
    }

    private QuorumTransition.Pass pass() {
        boolean completed = leadOrRepair() && align() && settle() && forgetInactive() && addActive() && adjustNumber();
        Optional<String> failure = completed ? Optional.empty() : now.failure();
        return failure.map(QuorumTransition.Pass::aborted).orElseGet(() -> QuorumTransition.Pass.of(now.outputs()));
    }

    /** Steps 1 to 2. */
    private boolean leadOrRepair() {
        boolean sound = now.isLedByMe() ? now.invariantsHold() : takeOver();
        if (!sound && (now.failure().isEmpty() || !repair())) {
            return false;
        }
        int connected = now.listed().and(active).size();
        if (now.confirmed() == 0 && connected > 0) {
            now.assumeConfirmed(Math.min(connected, now.voters().size() - now.quorum()));
        }
        return true;
    }

    /** Step 1: the former leader becomes a voter; then the replicas get one cycle to connect. */
    private boolean takeOver() {
        NameSet voters = now.voters().minus(me).plus(formerLeader);
        if (now.listed().isEmpty() && !now.keep(voters.size() - now.quorum(), voters)) {
            return false;
        }
        return now.takeOver(now.quorum(), voters) && !now.listed().isDisjointFrom(active);
    }

    /** Step 1'': the key follows what PostgreSQL keeps. */
    private boolean repair() {
        now.forgetFailure();
        return now.promise(now.listed().size() - now.number(), now.listed())
                && (now.isLedByMe() || now.fail("the key still names " + formerLeader));
    }

    /** Step 3: makes voters and listed standbys the same. */
    private boolean align() {
        boolean goOn = true;
        if (now.voters().isStrictSupersetOf(now.listed())) {
            goOn = listMoreVoters();
        } else if (now.listed().isStrictSupersetOf(now.voters())) {
            goOn = letMoreVote();
        }
        return goOn
                && (now.voters().equals(now.listed())
                        || now.fail("voters " + now.voters() + " differ from listed " + now.listed()));
    }

    /** Step 3a. */
    private boolean listMoreVoters() {
        NameSet gone = now.voters().minus(now.listed().plus(active));
        if (!gone.isEmpty()
                && !now.promise(
                        now.voters().size() - gone.size() - now.number(),
                        now.voters().minus(gone),
                        Adjust.onlyIf(active.containsAll(now.listed())))) {
            return false;
        }
        NameSet missing = now.voters().and(active).minus(now.listed());
        return missing.isEmpty() || now.keep(now.number(), now.listed().plus(missing));
    }

    /** Step 3b. */
    private boolean letMoreVote() {
        NameSet gone = now.listed().minus(active);
        NameSet rest = now.listed().minus(gone);
        boolean restCounts = now.voters().isEmpty() || !rest.isDisjointFrom(now.voters());
        if (!gone.isEmpty() && !rest.isEmpty() && restCounts && !unlist(gone)) {
            return false;
        }
        NameSet silent = now.listed().minus(now.voters()).and(active);
        if (!silent.isEmpty()) {
            NameSet voters = now.voters().plus(silent);
            if (!now.promise(voters.size() - now.number(), voters)) {
                return false;
            }
        }
        NameSet useless = now.listed().minus(now.voters());
        return useless.isEmpty() || unlist(useless);
    }

    private boolean unlist(NameSet names) {
        NameSet rest = now.listed().minus(names);
        return now.keep(Math.min(now.number(), now.listed().size() - names.size()), rest);
    }

    /** Step 4: voters and listed standbys are the same, but more are compared than need be. */
    private boolean settle() {
        int certain = Math.min(now.number(), now.confirmed());
        if (now.quorum() + certain - now.voters().size() > 0) {
            return now.number() > wanted
                    ? now.keep(Math.max(wanted, now.voters().size() - now.quorum()), now.listed())
                    : now.promise(now.listed().size() - now.number(), now.voters());
        }
        boolean unconfirmed = now.number() == wanted && now.number() > now.confirmed();
        if (unconfirmed && now.quorum() + now.number() - now.voters().size() > 0) {
            return now.promise(now.listed().size() - now.number(), now.voters());
        }
        return true;
    }

    /** Step 5: standbys that are no longer active leave. */
    private boolean forgetInactive() {
        NameSet gone = now.listed().minus(active);
        if (gone.isEmpty()) {
            return true;
        }
        if (gone.equals(now.listed())) {
            return now.promise(0, NameSet.NONE, Adjust.NO) && now.keep(0, NameSet.NONE);
        }
        if (now.quorum() > 0) {
            NameSet spare = gone.last(now.quorum());
            NameSet rest = now.listed().minus(spare);
            if (!now.keep(Math.min(Math.max(wanted, now.number()), rest.size()), rest)) {
                return false;
            }
            gone = gone.and(now.listed());
            NameSet voters = now.voters().minus(spare);
            if (!now.promise(voters.size() - now.number(), voters, Adjust.onlyIf(gone.isEmpty()))) {
                return false;
            }
        }
        return gone.isEmpty() || forgetRequired(gone);
    }

    /** Step 5', second half: the quorum is spent, so the number has to shrink with the list. */
    private boolean forgetRequired(NameSet gone) {
        NameSet voters = now.voters().minus(gone);
        NameSet rest = now.listed().minus(gone);
        int number = now.number() - gone.size();
        int surplus = number - Math.min(wanted, rest.size());
        int quorum = surplus == 0 ? 0 : Math.min(surplus, voters.size() - 1);
        return now.promise(quorum, voters, Adjust.NO) && now.keep(number, rest);
    }

    /** Step 6: active standbys that are not listed yet join. */
    private boolean addActive() {
        NameSet joining = active.minus(now.listed());
        if (joining.isEmpty()) {
            return true;
        }
        int number = Math.min(wanted, now.listed().plus(joining).size());
        int increase = number - now.number();
        if (increase > 0) {
            boolean first = now.listed().isEmpty();
            NameSet added = first ? joining : joining.first(increase);
            increase = first ? increase : added.size();
            if (!now.keep(now.number() + increase, now.listed().plus(added))) {
                return false;
            }
            NameSet voters = now.voters().plus(added);
            if (!now.promise(voters.size() - number, voters)) {
                return false;
            }
            joining = joining.minus(now.listed());
        }
        if (joining.isEmpty()) {
            return true;
        }
        NameSet voters = now.voters().plus(joining);
        return now.promise(voters.size() - number, voters, Adjust.onlyIf(number > now.confirmed()))
                && now.keep(number, now.listed().plus(joining));
    }

    /** Step 7: as many acknowledge as the operator wants. */
    private boolean adjustNumber() {
        int difference = Math.min(wanted, now.listed().size()) - now.number();
        int number = now.number() + difference;
        int quorum = now.voters().size() - number;
        if (difference > 0) {
            return now.keep(number, now.listed()) && now.promise(quorum, now.voters());
        }
        if (difference == 0) {
            return true;
        }
        boolean promiseFirst = now.quorum() - difference < now.voters().size();
        return (!promiseFirst || now.promise(quorum, now.voters(), Adjust.onlyIf(wanted > now.confirmed())))
                && now.keep(number, now.listed());
    }
}
