package io.pgha.core.slots;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.SlotMatcher;
import io.pgha.core.model.SlotStatus;
import io.pgha.core.model.StandbySource;
import io.pgha.core.model.SyncParameters;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Node {@code a} in a cluster of a, b and c at one position; b leads unless said otherwise. */
final class SlotCases {
    static final Lsn HERE = new Lsn(100_000_000);
    static final Lsn BEFORE = new Lsn(90_000_000);
    static final Lsn LONG_AGO = new Lsn(50_000_000);
    static final Lsn BEYOND = new Lsn(200_000_000);
    static final PermanentSlot.Logical LOGICAL = new PermanentSlot.Logical("app", "test_decoding");

    private final SortedMap<String, Member> members = new TreeMap<>();
    private final Map<String, Lsn> published = new HashMap<>();
    private final Map<String, PermanentSlot> permanent = new HashMap<>();
    private final List<SlotMatcher> ignored = new ArrayList<>();
    private final List<SlotStatus> slots = new ArrayList<>();
    private final Set<String> retained = new HashSet<>();
    private final boolean inRecovery;
    private Optional<String> leader;
    private Tags tags = Tags.NONE;
    private Duration ttl = Duration.ofMinutes(30);
    private boolean useSlots = true;
    private boolean standbyCluster;
    private Optional<List<HistoryEntry>> history = Optional.empty();
    private Timeline timeline = Timeline.FIRST;

    private SlotCases(boolean inRecovery, String leader) {
        this.inRecovery = inRecovery;
        this.leader = Optional.of(leader);
        List.of("a", "b", "c").forEach(name -> member(name, Map.of()));
    }

    static SlotCases aPrimary() {
        return new SlotCases(false, "a");
    }

    static SlotCases aStandby() {
        return new SlotCases(true, "b");
    }

    SlotCases member(String name, Map<String, Object> itsTags) {
        members.put(
                name,
                new MemberBuilder(name)
                        .connUrl("postgres://10.0.0.1:5432/postgres")
                        .xlogLocation(BEFORE)
                        .tags(new Tags(itsTags))
                        .build());
        return this;
    }

    SlotCases without(String name) {
        members.remove(name);
        return this;
    }

    SlotCases unlocked() {
        leader = Optional.empty();
        return this;
    }

    SlotCases tagged(String tag, Object value) {
        tags = new Tags(Map.of(tag, value));
        return this;
    }

    SlotCases published(String slot, Lsn at) {
        published.put(slot, at);
        return this;
    }

    SlotCases permanent(String name, PermanentSlot slot) {
        permanent.put(name, slot);
        return this;
    }

    SlotCases permanent(String name) {
        return permanent(name, new PermanentSlot.Physical(Optional.empty()));
    }

    SlotCases ignoring(Optional<String> name, Optional<String> type) {
        ignored.add(new SlotMatcher(name, type, Optional.empty(), Optional.empty()));
        return this;
    }

    SlotCases retaining(String name) {
        retained.add(name);
        return this;
    }

    SlotCases with(SlotStatus slot) {
        slots.add(slot);
        return this;
    }

    SlotCases withIdle(String name, Lsn restart) {
        return with(SlotStatus.physical(name, false, Optional.of(restart)));
    }

    /** The slots that members b and c have by default. */
    SlotCases withMemberSlots() {
        return withIdle("b", HERE).withIdle("c", HERE);
    }

    SlotCases memberSlotsTtl(Duration value) {
        ttl = value;
        return this;
    }

    SlotCases withoutSlots() {
        useSlots = false;
        return this;
    }

    SlotCases inStandbyCluster() {
        standbyCluster = true;
        return this;
    }

    /** The leader of the cluster is on timeline 2, and this node, too, where it has come so far. */
    SlotCases promotedOnce(Timeline here) {
        timeline = here;
        return this;
    }

    /** The leader has told of its timeline 2. */
    SlotCases withHistory() {
        history = Optional.of(List.of(new HistoryEntry(
                Timeline.FIRST, LONG_AGO, "no recovery target specified", Optional.empty(), Optional.of("b"))));
        return this;
    }

    /** An idle physical slot of which a standby with hot_standby_feedback was the last user. */
    static SlotStatus withXmin(String name) {
        return new SlotStatus(
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(HERE),
                Optional.empty(),
                true,
                Optional.empty(),
                false,
                false,
                false);
    }

    /** A slot that was invalidated because it held too much WAL. */
    static SlotStatus lost(String name) {
        return new SlotStatus(
                name,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                true,
                false,
                false);
    }

    /** A logical slot of PostgreSQL 17's own slot synchronisation. */
    static SlotStatus failover(String name, boolean synced) {
        return new SlotStatus(
                name,
                true,
                Optional.of("app"),
                Optional.of("test_decoding"),
                false,
                Optional.of(HERE),
                Optional.of(HERE),
                false,
                Optional.empty(),
                false,
                true,
                synced);
    }

    ClusterView view() {
        ClusterView empty = ClusterView.EMPTY;
        return new ClusterView(
                1,
                empty.initialize(),
                0,
                empty.config(),
                leader.map(name -> new LeaderLock(name, 1, 1)),
                members,
                new ClusterStatus(HERE, published, List.of()),
                empty.failover(),
                empty.sync(),
                history,
                empty.failsafe());
    }

    HaSettings settings() {
        return HaSettings.defaults("a", "demo").toBuilder()
                .tags(tags)
                .memberSlotsTtl(ttl)
                .useSlots(useSlots)
                .permanentSlots(permanent)
                .ignoredSlots(ignored)
                .standbyCluster(standbyCluster ? Optional.of(new StandbySource(Optional.empty())) : Optional.empty())
                .build();
    }

    ServerStatus server() {
        return new ServerStatus(
                150018,
                "2026-01-02 03:04:05.678901+00:00",
                inRecovery,
                timeline,
                inRecovery ? Lsn.ZERO : HERE,
                inRecovery ? Optional.of(HERE) : Optional.empty(),
                inRecovery ? Optional.of(HERE) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                SyncParameters.NONE,
                slots);
    }

    SlotPlanner planner() {
        return new SlotPlanner(view(), settings(), server(), retained);
    }

    SlotPlan plan() {
        return planner().plan();
    }
}
