package io.pgha.core.slots;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PermanentSlot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How long a slot waits for a member that is away (facts §1.6; planted bug 21). */
class SlotRetentionTest {
    private static final MonotonicTime START = new MonotonicTime(1_000_000_000_000L);
    private static final HaSettings SETTINGS = HaSettings.defaults("a", "demo");

    private static ClusterView view(List<String> retained, String... members) {
        ClusterView empty = ClusterView.EMPTY;
        TreeMap<String, Member> present = new TreeMap<>();
        for (String name : members) {
            present.put(name, Member.named(name));
        }
        return new ClusterView(
                1,
                empty.initialize(),
                0,
                empty.config(),
                empty.leader(),
                present,
                new ClusterStatus(Lsn.ZERO, Map.of(), retained),
                empty.failover(),
                empty.sync(),
                empty.history(),
                empty.failsafe());
    }

    private static MonotonicTime after(long seconds) {
        return START.plus(Duration.ofSeconds(seconds));
    }

    @Test
    void aLeaderKeepsTheSlotOfAMemberThatIsAwayForMemberSlotsTtl() {
        SlotRetention seen = SlotRetention.NONE.leading(view(List.of(), "a", "b-1"), SETTINGS, START);
        assertThat(seen.names()).containsExactlyInAnyOrder("a", "b_1");
        assertThat(seen.leading(view(List.of("a", "b_1"), "a"), SETTINGS, after(1800))
                        .names())
                .contains("b_1");
        assertThat(seen.leading(view(List.of("a", "b_1"), "a"), SETTINGS, after(1801))
                        .names())
                .containsExactly("a");
    }

    @Test
    void aNewLeaderStartsTheTimeAgain() {
        SlotRetention old = SlotRetention.NONE.leading(view(List.of(), "a", "b"), SETTINGS, START);
        SlotRetention followed = old.following(view(List.of("a", "b"), "a"), SETTINGS, after(1700));
        assertThat(followed.leading(view(List.of("a", "b"), "a"), SETTINGS, after(1900))
                        .names())
                .contains("b");
        assertThat(SlotRetention.NONE
                        .leading(view(List.of("b"), "a"), SETTINGS, after(5000))
                        .names())
                .contains("b");
    }

    @Test
    void aFollowerKeepsWhatTheLeaderKeeps() {
        SlotRetention seen = SlotRetention.NONE.following(view(List.of("a", "b"), "a", "c"), SETTINGS, START);
        assertThat(seen.names()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(seen.following(view(List.of("c"), "c"), SETTINGS, after(10)).names())
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void aWipedStoreTakesNobodysSlotAway() {
        SlotRetention seen = SlotRetention.NONE.following(view(List.of("a", "b"), "a", "b", "c"), SETTINGS, START);
        SlotRetention wiped = seen.following(view(List.of()), SETTINGS, after(600));
        assertThat(wiped.names()).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(wiped.following(view(List.of()), SETTINGS, after(1801)).names())
                .containsExactly("a");
    }

    @Test
    void aPermanentSlotNeedsNoRetention() {
        HaSettings settings = SETTINGS.toBuilder()
                .permanentSlots(Map.of("b", new PermanentSlot.Physical(Optional.empty())))
                .build();
        assertThat(SlotRetention.NONE
                        .leading(view(List.of(), "a", "b"), settings, START)
                        .names())
                .containsExactly("a");
    }

    @Test
    void withoutATtlNothingIsKept() {
        HaSettings settings = SETTINGS.toBuilder().memberSlotsTtl(Duration.ZERO).build();
        assertThat(SlotRetention.NONE
                        .leading(view(List.of("x"), "a", "b"), settings, START)
                        .names())
                .isEmpty();
    }
}
