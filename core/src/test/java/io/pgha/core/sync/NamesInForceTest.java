package io.pgha.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.NameSet;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncNames;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesInForceTest {
    private static final SyncNames BOTH = SyncNames.allOf(NameSet.of("a", "b"));
    private static final SyncNames ANY = SyncNames.quorum(1, NameSet.of("a", "b"));

    @Test
    void aChangeOfTheNamesStartsANewCount() {
        NamesInForce before = new NamesInForce(BOTH, new Lsn(10));
        assertThat(before.observed(BOTH, new Lsn(20))).isEqualTo(before);
        assertThat(before.observed(ANY, new Lsn(20))).isEqualTo(new NamesInForce(ANY, new Lsn(20)));
    }

    @Test
    void inQuorumModeWhoeverHasReachedThePositionIsConfirmed() {
        NamesInForce names = new NamesInForce(ANY, new Lsn(10));
        List<SyncCandidate> chosen =
                List.of(candidate("a", "quorum", 10), candidate("b", "quorum", 9), candidate("c", "async", 99));
        assertThat(names.confirmed(SyncMode.QUORUM, chosen, NameSet.NONE)).isEqualTo(NameSet.of("a"));
    }

    @Test
    void inPriorityModeItMustBeSynchronousToo() {
        NamesInForce names = new NamesInForce(BOTH, new Lsn(10));
        List<SyncCandidate> chosen = List.of(candidate("a", "sync", 10), candidate("b", "potential", 99));
        assertThat(names.confirmed(SyncMode.PRIORITY, chosen, NameSet.NONE)).isEqualTo(NameSet.of("a"));
    }

    @Test
    void whomTheKeyNamesAlreadyNeedsNoNewProofWhileItIsSynchronous() {
        NamesInForce names = new NamesInForce(BOTH, new Lsn(10));
        List<SyncCandidate> chosen = List.of(candidate("a", "sync", 9), candidate("b", "async", 9));
        assertThat(names.confirmed(SyncMode.PRIORITY, chosen, NameSet.of("a", "b")))
                .isEqualTo(NameSet.of("a"));
    }

    @Test
    void namesThatDoNotRequireEverybodyConfirmNobodyInPriorityMode() {
        NamesInForce names = new NamesInForce(SyncNames.priority(1, NameSet.of("a", "b")), new Lsn(10));
        List<SyncCandidate> chosen = List.of(candidate("a", "sync", 10));
        assertThat(names.confirmed(SyncMode.PRIORITY, chosen, NameSet.NONE)).isEqualTo(NameSet.NONE);
    }

    private static SyncCandidate candidate(String name, String syncState, long position) {
        return new SyncCandidate(name, syncState, new Lsn(position), 1, false);
    }
}
