package io.pgha.core.election;

import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.SyncState;
import io.pgha.core.sync.SyncPromise;
import java.util.Optional;

/**
 * Who may stand for election while the key {@code sync} makes a promise, and how many votes it takes (facts §5.8 rules 10
 * and 11). Without a promise anybody may.
 *
 * @param promise what the key says, when synchronous mode is on
 * @param byVotes whether a candidate has to be compared with others. Always so while the key asks for votes, whatever mode
 *     is configured: a mode that was changed a moment ago does not make the key say more
 * @param behind the last leader, when it is known to have less WAL than it published: its disk lied, and its word counts no
 *     more than that of a member which the key does not name
 */
public record Electorate(Optional<SyncPromise> promise, boolean byVotes, Optional<String> behind) {
    /** No promise: asynchronous replication. */
    public static final Electorate ANYBODY = new Electorate(Optional.empty(), false, Optional.empty());

    /** The electorate that the key gives. */
    public static Electorate of(SyncSettings settings, Optional<SyncState> key) {
        if (!settings.isOn()) {
            return ANYBODY;
        }
        Optional<SyncPromise> promise = SyncPromise.of(key);
        boolean votes = promise.filter(kept -> settings.mode() == SyncMode.QUORUM || kept.quorum() > 0)
                .isPresent();
        return new Electorate(promise, votes, Optional.empty());
    }

    /**
     * The same, where this member is found to have less than it published as it led. Where the key names nobody else, nobody
     * else is known to have more.
     */
    public Electorate whereIsBehind(String member) {
        boolean others = promise.filter(kept -> !kept.voters().isEmpty()).isPresent();
        return others && isLastLeader(member) ? new Electorate(promise, byVotes, Optional.of(member)) : this;
    }

    /** Whether the key names this member, as a voter or as the last leader. */
    public boolean names(String member) {
        return promise.filter(kept -> !leads(kept, member) && !kept.voters().contains(member))
                .isEmpty();
    }

    private boolean leads(SyncPromise kept, String member) {
        return kept.isBy(member) && behind.filter(member::equals).isEmpty();
    }

    /** Whether the key asks for votes and this member's word is one. */
    public boolean hasVote(String member) {
        return byVotes && names(member);
    }

    /** Whether this member led last, under the promise. */
    public boolean isLastLeader(String member) {
        return promise.filter(kept -> leads(kept, member)).isPresent();
    }

    /** Why this member may not lead, whatever its peers say. */
    public Optional<String> objection(String member) {
        return byVotes || names(member)
                ? Optional.empty()
                : promise.map(kept -> behind.filter(member::equals).isPresent()
                        ? "it led last and has less WAL than it published then: it lacks commits that were acknowledged, and the key sync says that "
                                + kept.voters() + " may have them"
                        : "synchronous mode is on, and the key sync names "
                                + kept.voters().plus(kept.leader()) + ": it may lack acknowledged commits");
    }

    /**
     * Whether so many members that are not ahead are enough, when nobody is ahead but the last leader.
     *
     * @param others named members that answered and are not ahead
     */
    boolean isEnough(String member, int others) {
        return promise.filter(kept -> byVotes && !leads(kept, member) && votes(member, others) < kept.quorum())
                .isEmpty();
    }

    /** A member that the key does not name has to find one more. */
    int votes(String member, int others) {
        return names(member) ? others : others - 1;
    }

    /** How many votes it takes. */
    int needed() {
        return promise.map(SyncPromise::quorum).orElse(0);
    }
}
