package io.pgha.core.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.SyncParameters;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Slots of members that stream through others, or not at all (facts §5.14); a leads. */
class MemberSlotsTest {
    private static final Lsn OLD = new Lsn(100);
    private static final Lsn NEW = new Lsn(900);
    private static final HaSettings LEAVES_NO_SLOTS = HaSettings.defaults("a", "demo").toBuilder()
            .memberSlotsTtl(Duration.ZERO)
            .build();

    @Test
    void theUpstreamKeepsTheSlotOfACascadingMemberAndTheLeaderDoesNot() {
        ClusterView view = cluster(Tags.NONE, Map.of("replicatefrom", "b"));
        assertThat(slotsOf("a", view)).containsExactly("b");
        assertThat(slotsOf("b", view)).containsExactly("c");
    }

    @Test
    void theLeaderKeepsItWhenTheUpstreamIsAway() {
        ClusterView view = cluster(Tags.NONE, Map.of("replicatefrom", "nobody"));
        assertThat(slotsOf("a", view)).containsExactly("b", "c");
    }

    @Test
    void theLeaderKeepsTheSlotsOfMembersThatNameEachOther() {
        ClusterView view = cluster(new Tags(Map.of("replicatefrom", "c")), Map.of("replicatefrom", "b"));
        assertThat(slotsOf("a", view)).containsExactly("b", "c");
        assertThat(slotsOf("b", view)).isEmpty();
    }

    @Test
    void aMemberThatDoesNotStreamHasNoSlotAnywhere() {
        ClusterView view = cluster(Tags.NONE, Map.of("nostream", true));
        assertThat(slotsOf("a", view)).containsExactly("b");
        HaSettings keeping = HaSettings.defaults("a", "demo");
        assertThat(new SlotPlanner(view, keeping, server(false, List.of()), Set.of())
                        .plan()
                        .create())
                .containsExactly("b");
        assertThat(SlotRetention.NONE
                        .leading(view, keeping, new io.pgha.core.model.MonotonicTime(0))
                        .lastSeen())
                .doesNotContainKey("c");
    }

    @Test
    void aNodeThatNeverLeadsKeepsSlotsOnlyForThoseThatStreamFromIt() {
        ClusterView view = cluster(new Tags(Map.of("nofailover", true)), Map.of("replicatefrom", "b"));
        HaSettings never = HaSettings.defaults("b", "demo").withTags(new Tags(Map.of("nofailover", true)));
        assertThat(new SlotPlanner(view, never, server(true, List.of()), Set.of("gone"))
                        .plan()
                        .create())
                .containsExactly("c");
    }

    @Test
    void theIdleSlotOfACascadingMemberFollowsThatMemberAndHoldsNoWalForEver() {
        ClusterView view = cluster(Tags.NONE, Map.of("replicatefrom", "b"));
        SlotStatus idle = SlotStatus.physical("c", false, Optional.of(OLD));
        SlotPlan plan =
                new SlotPlanner(view, HaSettings.defaults("a", "demo"), server(false, List.of(idle)), Set.of()).plan();
        assertThat(plan.advance()).containsExactly(new SlotPlan.Advance("c", NEW));
    }

    @Test
    void theSlotOfAMemberThatIsAwayStaysWhereItIs() {
        ClusterView view = cluster(Tags.NONE, Map.of());
        SlotStatus idle = SlotStatus.physical("c", false, Optional.of(OLD));
        SlotPlan plan =
                new SlotPlanner(view, HaSettings.defaults("a", "demo"), server(false, List.of(idle)), Set.of()).plan();
        assertThat(plan.advance()).isEmpty();
        assertThat(plan.drop()).isEmpty();
    }

    private static List<String> slotsOf(String name, ClusterView view) {
        HaSettings settings = LEAVES_NO_SLOTS.toBuilder().name(name).build();
        return new SlotPlanner(view, settings, server(!name.equals("a"), List.of()), Set.of())
                .plan()
                .create();
    }

    private static ClusterView cluster(Tags ofB, Map<String, Object> tagsOfC) {
        TreeMap<String, Member> members = new TreeMap<>();
        members.put("a", member("a", Tags.NONE));
        members.put("b", member("b", ofB));
        members.put("c", member("c", new Tags(tagsOfC)));
        ClusterView empty = ClusterView.EMPTY;
        return new ClusterView(
                1,
                empty.initialize(),
                0,
                empty.config(),
                Optional.of(new LeaderLock("a", 1, 1)),
                members,
                new ClusterStatus(NEW, Map.of("c", OLD), List.of()),
                empty.failover(),
                empty.sync(),
                empty.history(),
                Map.of());
    }

    private static Member member(String name, Tags tags) {
        return new MemberBuilder(name)
                .connUrl("postgres://10.0.0.1:5432/postgres")
                .tags(tags)
                .xlogLocation(NEW)
                .build();
    }

    private static ServerStatus server(boolean inRecovery, List<SlotStatus> slots) {
        return new ServerStatus(
                150018,
                "",
                inRecovery,
                Timeline.FIRST,
                inRecovery ? Lsn.ZERO : NEW,
                inRecovery ? Optional.of(NEW) : Optional.empty(),
                inRecovery ? Optional.of(NEW) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SyncParameters.NONE,
                slots);
    }
}
