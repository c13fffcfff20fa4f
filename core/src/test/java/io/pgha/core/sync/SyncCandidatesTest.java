package io.pgha.core.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.AckPosition;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.SyncMode;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.Tags;
import io.pgha.core.model.WalSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncCandidatesTest {
    private static final SyncSettings PRIORITY = SyncSettings.defaults(SyncMode.PRIORITY);
    private static final SyncSettings QUORUM = SyncSettings.defaults(SyncMode.QUORUM);

    private final List<Member> members = new ArrayList<>(List.of(running("me", Map.of())));
    private final List<WalSender> senders = new ArrayList<>();

    @Test
    void priorityModeTakesTheFurthestStandby() {
        standby("a", "async", 100);
        standby("b", "async", 300);
        standby("c", "async", 200);
        assertThat(chosen(PRIORITY)).containsExactly("b");
        assertThat(chosen(PRIORITY.withNodeCount(2))).containsExactly("b", "c");
    }

    @Test
    void whoeverIsSynchronousAlreadyStaysSo() {
        standby("a", "sync", 100);
        standby("b", "async", 300);
        standby("c", "potential", 300);
        standby("d", "quorum", 100);
        assertThat(chosen(PRIORITY.withNodeCount(9))).containsExactly("a", "d", "c", "b");
    }

    @Test
    void thePriorityTagComesFirstAndWhoeverMayNotLeadComesLast() {
        standby("a", "sync", 300, Map.of("nofailover", true, "sync_priority", 9));
        standby("b", "async", 100, Map.of("sync_priority", 5));
        standby("c", "sync", 200);
        assertThat(chosen(PRIORITY.withNodeCount(3))).containsExactly("b", "c", "a");
    }

    @Test
    void quorumModeTakesAllButThoseWhoMayNotLeadOnlyAsFarAsNeeded() {
        standby("a", "async", 300);
        standby("b", "async", 200);
        standby("x", "quorum", 300, Map.of("nofailover", true));
        standby("y", "async", 300, Map.of("nofailover", true));
        assertThat(chosen(QUORUM)).containsExactly("a", "b");
        assertThat(chosen(QUORUM.withNodeCount(3))).containsExactly("a", "b", "x");
        assertThat(chosen(QUORUM.withNodeCount(0))).isEmpty();
    }

    @Test
    void onlyRunningMembersThatStreamAndMayBeSynchronousCount() {
        standby("nosync", "async", 300, Map.of("nosync", true));
        standby("released", "async", 300, Map.of("sync_priority", 0));
        standby("unknown", "async", 0);
        standby("ME", "async", 300);
        senders.add(sender("pg_basebackup", "streaming", "async", 300));
        senders.add(sender("late", "catchup", "async", 300));
        members.add(running("late", Map.of()));
        senders.add(sender("stopped", "streaming", "async", 300));
        members.add(new MemberBuilder("stopped").state(PostgresState.STOPPED).build());
        members.add(running("absent", Map.of()));
        assertThat(chosen(QUORUM)).isEmpty();
    }

    @Test
    void namesAreMatchedWithoutCaseAndSpeltAsTheMemberDoes() {
        members.add(running("Node-A", Map.of()));
        senders.add(sender("node-a", "streaming", "async", 300));
        assertThat(chosen(QUORUM)).containsExactly("Node-A");
    }

    @Test
    void aStandbyThatBelongsBehindAnotherConnectedOneDoesNotCount() {
        standby("a", "async", 300);
        standby("b", "async", 300, Map.of("replicatefrom", "A"));
        standby("c", "async", 300, Map.of("replicatefrom", "b"));
        standby("d", "async", 300, Map.of("replicatefrom", "gone"));
        standby("e", "async", 300, Map.of("replicatefrom", "me"));
        assertThat(chosen(QUORUM)).containsExactlyInAnyOrder("a", "d", "e");
    }

    @Test
    void aCascadeReachesOverAMemberThatIsNotConnected() {
        members.add(running("between", Map.of("replicatefrom", "a")));
        standby("a", "async", 300);
        standby("b", "async", 300, Map.of("replicatefrom", "between"));
        assertThat(chosen(QUORUM)).containsExactly("a");
    }

    @Test
    void membersThatReplicateFromEachOtherCount() {
        standby("a", "async", 300, Map.of("replicatefrom", "b"));
        standby("b", "async", 300, Map.of("replicatefrom", "a"));
        standby("c", "async", 300, Map.of("replicatefrom", "c"));
        assertThat(chosen(QUORUM)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void whoeverLagsBehindTheBestStandbyIsDropped() {
        standby("a", "sync", 100);
        standby("b", "async", 300);
        assertThat(chosen(QUORUM.withMaximumLag(199))).containsExactly("b");
        assertThat(chosen(QUORUM.withMaximumLag(200))).containsExactly("a", "b");
        assertThat(chosen(QUORUM.withMaximumLag(0))).containsExactly("a", "b");
    }

    @Test
    void aSingleStandbyIsMeasuredAgainstThePrimary() {
        standby("a", "sync", 100);
        assertThat(chosen(PRIORITY.withMaximumLag(899))).isEmpty();
        assertThat(chosen(PRIORITY.withMaximumLag(900))).containsExactly("a");
    }

    @Test
    void theDeadConnectionOfAStandbyThatCameBackDoesNotCount() {
        standby("a", "quorum", 300);
        senders.add(sender("a", "streaming", "async", 100));
        assertThat(new SyncCandidates("me", members, QUORUM).chosen(senders, new Lsn(1000)))
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.position()).isEqualTo(new Lsn(300)));
    }

    @Test
    void thePositionFollowsSynchronousCommit() {
        WalSender sender =
                new WalSender("r", "a", Optional.empty(), "streaming", "sync", 1, new Lsn(2), new Lsn(3), new Lsn(1));
        assertThat(AckPosition.of("remote_write").of(sender)).isEqualTo(new Lsn(3));
        assertThat(AckPosition.of("on").of(sender)).isEqualTo(new Lsn(2));
        assertThat(AckPosition.of("local").of(sender)).isEqualTo(new Lsn(2));
        assertThat(AckPosition.of("REMOTE_APPLY").of(sender)).isEqualTo(new Lsn(1));
    }

    private List<String> chosen(SyncSettings settings) {
        return new SyncCandidates("me", members, settings)
                .chosen(senders, new Lsn(1000)).stream()
                        .map(SyncCandidate::name)
                        .toList();
    }

    private void standby(String name, String syncState, long position) {
        standby(name, syncState, position, Map.of());
    }

    private void standby(String name, String syncState, long position, Map<String, Object> tags) {
        members.add(running(name, tags));
        senders.add(sender(name, "streaming", syncState, position));
    }

    private static Member running(String name, Map<String, Object> tags) {
        return new MemberBuilder(name)
                .state(PostgresState.RUNNING)
                .tags(new Tags(tags))
                .build();
    }

    private static WalSender sender(String name, String state, String syncState, long position) {
        Lsn lsn = new Lsn(position);
        return new WalSender("r", name, Optional.empty(), state, syncState, 0, lsn, lsn, lsn);
    }
}
