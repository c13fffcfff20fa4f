package io.pgha.core.rules;

import io.pgha.core.action.Action;
import io.pgha.core.action.Outcome;
import io.pgha.core.decide.BootstrapPhase;
import io.pgha.core.decide.DcsSight;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Memory;
import io.pgha.core.decide.Orders;
import io.pgha.core.decide.Situation;
import io.pgha.core.decide.SlotCopyQueue;
import io.pgha.core.decide.SlotCopyWait;
import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.FailoverRequest;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.JobEnding;
import io.pgha.core.model.JobKind;
import io.pgha.core.model.JobStatus;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.PeerAnswer;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.PostgresObservation;
import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Postmaster;
import io.pgha.core.model.RestartOrder;
import io.pgha.core.model.Role;
import io.pgha.core.model.ScheduledRestart;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.model.ShortestTtl;
import io.pgha.core.model.StandbySource;
import io.pgha.core.model.SyncParameters;
import io.pgha.core.model.SyncSettings;
import io.pgha.core.model.SyncState;
import io.pgha.core.model.Tags;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import io.pgha.core.model.WalSender;
import io.pgha.core.time.ScheduleText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds the situation of node {@code a} in a cluster of a, b and c; by default b leads and a follows in peace. */
final class Cases {
    static final String SYSTEM = "7000000000000000001";
    static final Lsn HERE = new Lsn(100_000_000);
    static final Upstream REMOTE = new Upstream("the remote primary", "postgres://10.9.9.9:5432", true);
    static final MonotonicTime NOW = new MonotonicTime(1_000_000_000_000L);

    static final String POSTMASTER_START = "2026-01-02 03:04:05.678901+00:00";
    static final Instant WALL = Instant.parse("2026-11-21T12:00:00Z");

    private boolean seen = true;
    private boolean paused;
    private boolean configured = true;
    private Optional<FailoverRequest> failover = Optional.empty();
    private Optional<String> leader = Optional.of("b");
    private Optional<SyncState> sync = Optional.empty();
    private Optional<String> initialize = Optional.of(SYSTEM);
    private Lsn optime = HERE;
    private final Map<String, Lsn> published = new TreeMap<>();
    private int historyLines;
    private final Map<String, Member> members = new TreeMap<>();
    private DataDirectory data = DataDirectory.PRESENT;
    private PostgresState state = PostgresState.RUNNING;
    private boolean postmaster = true;
    private boolean answers = true;
    private boolean inRecovery = true;
    private Lsn position = HERE;
    private int timeline = 1;
    private String replicationState = "streaming";
    private List<WalSender> walSenders = List.of();
    private SyncParameters syncParameters = SyncParameters.NONE;
    private ControlState control = ControlState.IN_PRODUCTION;
    private boolean standbySignal = true;
    private boolean backupLabel;
    private boolean rewindPossible = true;
    private Optional<String> systemIdentifier = Optional.of(SYSTEM);
    private JobStatus job = JobStatus.IDLE;
    private HaSettings settings = HaSettings.defaults("a", "demo");
    private Optional<MonotonicTime> validUntil = Optional.empty();
    private boolean follows = true;
    private Orders orders = Orders.NONE;
    private Memory memory = Memory.EMPTY;

    private Cases() {
        for (String name : List.of("a", "b", "c")) {
            members.put(name, member(name, name.equals("b") ? Role.PRIMARY : Role.REPLICA, Tags.NONE));
        }
    }

    static Cases aReplica() {
        return new Cases();
    }

    static Cases aLeader() {
        return new Cases().ledBy("a").lockProvenFor(Duration.ofSeconds(25)).runningAsPrimary();
    }

    static Cases anEmptyNode() {
        Cases node = new Cases().down();
        node.data = DataDirectory.EMPTY;
        node.systemIdentifier = Optional.empty();
        node.standbySignal = false;
        return node;
    }

    static Member member(String name, Role role, Tags tags) {
        return new MemberBuilder(name)
                .connUrl("postgres://10.0.0.1:5432/postgres")
                .apiUrl("http://10.0.0.1:8008/patroni")
                .state(PostgresState.RUNNING)
                .role(role)
                .version("4.1.4")
                .tags(tags)
                .xlogLocation(HERE)
                .timeline(Timeline.FIRST)
                .build();
    }

    static PeerAnswer peer(String name, Lsn wal) {
        return new PeerAnswer(name, true, true, wal, Timeline.FIRST, Tags.NONE, false, Optional.empty());
    }

    static PeerAnswer primary(String name, Lsn wal) {
        return new PeerAnswer(name, true, false, wal, Timeline.FIRST, Tags.NONE, false, Optional.empty());
    }

    /** The node is this member. */
    Cases named(String name) {
        settings = HaSettings.defaults(name, "demo");
        return this;
    }

    Cases ledBy(String name) {
        leader = Optional.of(name);
        return this;
    }

    Cases asked(Optional<String> from, Optional<String> to, Optional<String> at) {
        failover = Optional.of(new FailoverRequest(from, to, at, 77));
        return this;
    }

    Cases sync(String from, int quorum, String... voters) {
        sync = Optional.of(new SyncState(Optional.of(from), quorum, List.of(voters), 55));
        return this;
    }

    Cases synchronous(SyncSettings wanted) {
        settings = settings.toBuilder().sync(wanted).build();
        return this;
    }

    Cases waitingFor(String names) {
        syncParameters = new SyncParameters(names, "on");
        return this;
    }

    Cases streamingTo(String name, String syncState) {
        List<WalSender> senders = new ArrayList<>(walSenders);
        senders.add(new WalSender(
                "replicator", name, Optional.empty(), "streaming", syncState, 0, position, position, position));
        walSenders = senders;
        return this;
    }

    Cases unlocked() {
        leader = Optional.empty();
        return this;
    }

    Cases paused() {
        paused = true;
        memory = memory.toBuilder().paused(true).build();
        return this;
    }

    Cases inFailsafeMode() {
        settings = settings.toBuilder().failsafeMode(true).build();
        return this;
    }

    Cases withoutConfig() {
        configured = false;
        return this;
    }

    Cases dcsUnreachable() {
        seen = false;
        return this;
    }

    Cases neverInitialized() {
        initialize = Optional.empty();
        members.clear();
        return unlocked();
    }

    Cases initialize(String value) {
        initialize = Optional.of(value);
        return this;
    }

    Cases historyOf(int lines) {
        historyLines = lines;
        return this;
    }

    /** It is this node's turn to copy logical slots, and all know that. */
    Cases firstToCopySlots() {
        Map<String, Object> claim = Map.of(SlotCopyQueue.FIELD, settings.name());
        members.computeIfPresent(
                settings.name(),
                (name, member) ->
                        member.toBuilder().unknownField(ShortestTtl.OURS, claim).build());
        memory = memory.toBuilder()
                .slotCopyWait(Optional.of(new SlotCopyWait(settings.name(), NOW, NOW)))
                .build();
        return this;
    }

    /** The configuration wants a logical slot, which the leader has and this node has not. */
    Cases lackingALogicalSlot(Lsn position) {
        settings = settings.toBuilder()
                .permanentSlots(Map.of("feed", new PermanentSlot.Logical("app", "test_decoding")))
                .build();
        published.put("feed", position);
        return this;
    }

    Cases leaderAt(Lsn lsn) {
        optime = lsn;
        return this;
    }

    Cases with(Member member) {
        members.put(member.name(), member);
        return this;
    }

    Cases without(String member) {
        members.remove(member);
        return this;
    }

    Cases lockProvenFor(Duration time) {
        validUntil = Optional.of(NOW.plus(time));
        return this;
    }

    Cases runningAsPrimary() {
        inRecovery = false;
        standbySignal = false;
        return this;
    }

    Cases onTimeline(int number) {
        timeline = number;
        return this;
    }

    Cases at(Lsn lsn) {
        position = lsn;
        return this;
    }

    Cases notStreaming() {
        replicationState = "in archive recovery";
        return this;
    }

    Cases following(boolean right) {
        follows = right;
        return this;
    }

    Cases silent() {
        answers = false;
        return this;
    }

    Cases starting() {
        answers = false;
        state = PostgresState.STARTING;
        return this;
    }

    Cases down() {
        postmaster = false;
        answers = false;
        state = PostgresState.STOPPED;
        return this;
    }

    Cases crashedAsPrimary() {
        standbySignal = false;
        control = ControlState.IN_PRODUCTION;
        down();
        state = PostgresState.CRASHED;
        memory = memory.toBuilder().joined(true).wasPrimary(true).build();
        return this;
    }

    Cases shutDownAsPrimary() {
        crashedAsPrimary();
        control = ControlState.SHUT_DOWN;
        return this;
    }

    Cases withoutRewind() {
        rewindPossible = false;
        return this;
    }

    Cases ofSystem(String id) {
        systemIdentifier = Optional.of(id);
        return this;
    }

    /** An agent was killed in the midst of pg_rewind. */
    Cases halfRewound() {
        data = DataDirectory.HALF_REWOUND;
        systemIdentifier = Optional.empty();
        standbySignal = false;
        return down();
    }

    Cases dataUnusable() {
        data = DataDirectory.INACCESSIBLE;
        return this;
    }

    Cases running(JobKind kind) {
        job = new JobStatus(
                Optional.of(new JobStatus.Running(kind, NOW.minus(Duration.ofSeconds(10)), "")), Optional.empty());
        return this;
    }

    Cases runningSince(JobKind kind, Duration age) {
        job = new JobStatus(Optional.of(new JobStatus.Running(kind, NOW.minus(age), "")), Optional.empty());
        return this;
    }

    Cases finished(JobKind kind, boolean succeeded) {
        return ended(kind, succeeded ? JobEnding.DONE : JobEnding.FAILED);
    }

    Cases ended(JobKind kind, JobEnding ending) {
        job = new JobStatus(Optional.empty(), Optional.of(new JobStatus.Finished(kind, ending, "because")));
        return this;
    }

    Cases reported(JobStatus.Finished finished) {
        job = new JobStatus(Optional.empty(), Optional.of(finished));
        return this;
    }

    Cases settings(HaSettings value) {
        settings = value;
        return this;
    }

    Cases tagged(Map<String, Object> tags) {
        settings = settings.withTags(new Tags(tags));
        return this;
    }

    Cases inStandbyCluster() {
        settings = settings.toBuilder()
                .standbyCluster(Optional.of(new StandbySource(Optional.of(REMOTE))))
                .build();
        return this;
    }

    Cases ordered(Orders value) {
        orders = value;
        return this;
    }

    /** A restart that was scheduled for so many seconds from now. */
    static ScheduledRestart scheduled(RestartOrder order, int seconds) {
        return scheduled(order, seconds, POSTMASTER_START);
    }

    /** The same, for a server that was started then. */
    static ScheduledRestart scheduled(RestartOrder order, int seconds, String startTime) {
        OffsetDateTime at = WALL.plusSeconds(seconds).atOffset(ZoneOffset.UTC);
        return new ScheduledRestart(order, at, Optional.of(startTime), Map.of(), ScheduleText.write(at));
    }

    Cases remembering(Memory value) {
        memory = value;
        return this;
    }

    Cases bootstrapping(BootstrapPhase phase) {
        memory = memory.withBootstrap(phase);
        return this;
    }

    Memory memory() {
        return memory;
    }

    Situation situation() {
        List<HistoryEntry> history = new ArrayList<>();
        for (int line = 1; line <= historyLines; line++) {
            history.add(new HistoryEntry(new Timeline(line), HERE, "promoted", Optional.empty(), Optional.empty()));
        }
        ClusterView view = new ClusterView(
                1,
                initialize,
                1,
                configured
                        ? Optional.of(new DynamicConfigKey(
                                paused ? Map.of("ttl", 30, "pause", true) : Map.of("ttl", 30), 1, true))
                        : Optional.empty(),
                leader.map(name -> new LeaderLock(name, 1, 1)),
                new TreeMap<>(members),
                new ClusterStatus(optime, published, List.of()),
                failover,
                sync,
                Optional.of(history),
                Map.of());
        return Situation.observed(
                seen ? new DcsSight.Seen(view) : new DcsSight.Unseen("connection refused"),
                observation(),
                job,
                settings,
                validUntil,
                follows,
                orders,
                memory,
                NOW,
                WALL);
    }

    private PostgresObservation observation() {
        Optional<ServerStatus> server = !postmaster || !answers
                ? Optional.empty()
                : Optional.of(new ServerStatus(
                        150018,
                        POSTMASTER_START,
                        inRecovery,
                        new Timeline(timeline),
                        inRecovery ? Lsn.ZERO : position,
                        inRecovery ? Optional.of(position) : Optional.empty(),
                        inRecovery ? Optional.of(position) : Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        inRecovery ? Optional.of(replicationState) : Optional.empty(),
                        Optional.empty(),
                        walSenders,
                        syncParameters,
                        List.of()));
        Optional<ControlData> controlData = data == DataDirectory.PRESENT
                ? Optional.of(new ControlData(
                        SYSTEM, control, HERE, new Timeline(timeline), Lsn.ZERO, Timeline.UNKNOWN, true, true))
                : Optional.empty();
        return new PostgresObservation(
                data,
                systemIdentifier,
                state,
                postmaster ? Optional.of(new Postmaster(4711, 1)) : Optional.empty(),
                server,
                controlData,
                standbySignal,
                backupLabel,
                rewindPossible ? Optional.empty() : Optional.of("use_pg_rewind is off"),
                Map.of(),
                Optional.empty());
    }

    /** The first decision. */
    Decision decision() {
        return DecisionTable.standard().decide(situation());
    }

    /** The decision after the first one's action had these outcomes. */
    Decision decisionAfter(Outcome... outcomes) {
        Situation situation = situation();
        Decision decision = DecisionTable.standard().decide(situation);
        for (Outcome outcome : outcomes) {
            situation = situation.after(outcome, decision.memory(), NOW);
            decision = DecisionTable.standard().decide(situation);
        }
        return decision;
    }

    Action action() {
        return decision().action();
    }

    static Outcome lockHeld() {
        return new Outcome.LockHeld(NOW.plus(Duration.ofSeconds(30)));
    }

    static HaSettings settingsWithLeaderlessMethod() {
        return HaSettings.defaults("a", "demo").toBuilder()
                .checkTimeline(true)
                .primaryStartTimeout(Duration.ZERO)
                .memberSlotsTtl(Duration.ZERO)
                .mayBootstrap(false)
                .leaderlessReplicaMethod(true)
                .removeOnRewindFailure(true)
                .removeOnDivergedTimelines(true)
                .build();
    }

    static MonotonicTime now() {
        return NOW;
    }
}
