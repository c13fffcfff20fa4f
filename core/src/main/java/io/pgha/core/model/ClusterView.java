package io.pgha.core.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the DCS holds of the cluster, at one revision (facts §1.2). Never half-parsed: a value that could not
 * be read counts as absent, as facts §1.2 say.
 *
 * @param revision the DCS revision of the read
 * @param initialize value of {@code initialize}: empty text while somebody bootstraps, then the system identifier
 * @param initializeRevision mod revision of {@code initialize}, 0 when absent
 * @param config the dynamic configuration, when the key is there
 * @param leader the leader lock, when somebody holds it
 * @param members by name
 * @param status the leader's last position and slots
 * @param failover a request for switchover or failover
 * @param sync the synchronous state
 * @param history the timeline history; empty optional when the key is missing or garbage
 * @param failsafe {@code api_url} by member name, empty when the key is missing
 */
public record ClusterView(
        long revision,
        Optional<String> initialize,
        long initializeRevision,
        Optional<DynamicConfigKey> config,
        Optional<LeaderLock> leader,
        SortedMap<String, Member> members,
        ClusterStatus status,
        Optional<FailoverRequest> failover,
        Optional<SyncState> sync,
        Optional<List<HistoryEntry>> history,
        Map<String, String> failsafe) {

    /** A cluster of which nothing is in the DCS. */
    public static final ClusterView EMPTY = new ClusterView(
            0,
            Optional.empty(),
            0,
            Optional.empty(),
            Optional.empty(),
            new TreeMap<>(),
            ClusterStatus.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public ClusterView {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        history = history.map(List::copyOf);
        failsafe = Collections.unmodifiableMap(new TreeMap<>(failsafe));
    }

    /** The same with another holder of the lock. */
    public ClusterView withLeader(LeaderLock lock) {
        return with(initialize, Optional.of(lock));
    }

    /** The same with one more member. */
    public ClusterView withMember(Member member) {
        SortedMap<String, Member> all = new TreeMap<>(members);
        all.put(member.name(), member);
        return new ClusterView(
                revision,
                initialize,
                initializeRevision,
                config,
                leader,
                all,
                status,
                failover,
                sync,
                history,
                failsafe);
    }

    /** The same with other positions of the leader's slots. */
    public ClusterView withSlots(Map<String, Lsn> slots) {
        return new ClusterView(
                revision,
                initialize,
                initializeRevision,
                config,
                leader,
                members,
                new ClusterStatus(status.optime(), slots, status.retainSlots()),
                failover,
                sync,
                history,
                failsafe);
    }

    /** The same with nobody holding the lock. */
    public ClusterView withoutLeader() {
        return with(initialize, Optional.empty());
    }

    /** The same while somebody initialises the cluster: {@code initialize} holds the empty text. */
    public ClusterView withInitializeClaimed() {
        return with(Optional.of(""), leader);
    }

    private ClusterView with(Optional<String> newInitialize, Optional<LeaderLock> lock) {
        return new ClusterView(
                revision,
                newInitialize,
                initializeRevision,
                config,
                lock,
                members,
                status,
                failover,
                sync,
                history,
                failsafe);
    }

    public boolean isUnlocked() {
        return leader.isEmpty();
    }

    public boolean isLedBy(String name) {
        return leader.filter(lock -> lock.holder().equals(name)).isPresent();
    }

    /** The member that holds the lock; a stub with only a name when it has no member key (facts §1.3). */
    public Optional<Member> leaderMember() {
        return leader.map(lock -> members.getOrDefault(lock.holder(), Member.named(lock.holder())));
    }

    public Optional<Member> member(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The system identifier in {@code initialize}, when it is one (at least 10 digits, facts §5.2 step 5). */
    public Optional<String> systemIdentifier() {
        return initialize.filter(value -> value.length() >= 10 && value.chars().allMatch(Character::isDigit));
    }

    /** The cluster's timeline from {@code history} (facts §1.3): 0 when unknown, 1 when the history is empty. */
    public Timeline timeline() {
        return history.map(lines -> lines.isEmpty()
                        ? Timeline.FIRST
                        : new Timeline(lines.get(lines.size() - 1).timeline().number() + 1))
                .orElse(Timeline.UNKNOWN);
    }
}
