package io.pgha.core.model;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the decisions have to know of the effective configuration (facts §2.3, §2.6, §2.10).
 *
 * @param name this member's name
 * @param scope the cluster's name
 * @param ttl TTL of the lease
 * @param watchdogMargin how long before the end of the lock a watchdog device resets the machine; zero: there is none
 * @param loopWait the longest the loop sleeps
 * @param retryTimeout budget of one DCS call
 * @param maximumLagOnFailover bytes that a candidate may be behind the leader's last published position
 * @param checkTimeline whether a candidate must be on the cluster's timeline
 * @param primaryStartTimeout how long a crashed primary may take to start before the lock is given up; zero: none
 * @param primaryStopTimeout until a demotion in synchronous mode becomes immediate; zero: no limit
 * @param maxTimelinesHistory lines kept in {@code history}; 0 for all
 * @param memberSlotsTtl how long the slot of an absent member is kept; zero: not at all
 * @param standbyCluster what this cluster follows; empty: it is none that follows another
 * @param mayBootstrap whether there is a section {@code bootstrap}
 * @param leaderlessReplicaMethod whether some replica method works without a leader ({@code no_leader})
 * @param useSlots whether members stream through physical slots
 * @param permanentSlots slots that the cluster keeps, by name ({@code slots})
 * @param ignoredSlots which slots are none of our business ({@code ignore_slots})
 * @param removeOnRewindFailure {@code remove_data_directory_on_rewind_failure}
 * @param removeOnDivergedTimelines {@code remove_data_directory_on_diverged_timelines}
 * @param paused whether the cluster was paused when its configuration was last read; only for an agent that has just
 *     started: what counts is what a cycle sees
 * @param failsafeMode whether {@code failsafe_mode} is on
 * @param sync what is wanted of synchronous replication; the position that commits wait for is the server's business
 * @param tags this member's effective tags
 */
public record HaSettings(
        String name,
        String scope,
        Duration ttl,
        Duration watchdogMargin,
        Duration loopWait,
        Duration retryTimeout,
        long maximumLagOnFailover,
        boolean checkTimeline,
        Duration primaryStartTimeout,
        Duration primaryStopTimeout,
        int maxTimelinesHistory,
        Duration memberSlotsTtl,
        Optional<StandbySource> standbyCluster,
        boolean mayBootstrap,
        boolean leaderlessReplicaMethod,
        boolean useSlots,
        SortedMap<String, PermanentSlot> permanentSlots,
        List<SlotMatcher> ignoredSlots,
        boolean removeOnRewindFailure,
        boolean removeOnDivergedTimelines,
        boolean paused,
        boolean failsafeMode,
        SyncSettings sync,
        Tags tags) {
    public HaSettings {
        permanentSlots = Collections.unmodifiableSortedMap(new TreeMap<>(permanentSlots));
        ignoredSlots = List.copyOf(ignoredSlots);
    }

    /** Whether slots of members that are away are kept for a while. */
    public boolean keepsMemberSlots() {
        return !memberSlotsTtl.isZero() && !memberSlotsTtl.isNegative();
    }

    /** When to give up writing, for this TTL. */
    public LeaseTimes leaseTimes() {
        return leaseTimes(ttl);
    }

    /**
     * The same for a TTL that may be about to change. With a watchdog device everything is over before the device fires: it is for
     * the case that nothing else works.
     */
    public LeaseTimes leaseTimes(Duration ofTtl) {
        return LeaseTimes.forTtl(ofTtl.minus(watchdogMargin)).earlierBy(watchdogMargin);
    }

    /** Patroni's defaults (facts §2.3), for a member without tags that may bootstrap. */
    public static HaSettings defaults(String name, String scope) {
        return new HaSettings(
                name,
                scope,
                Duration.ofSeconds(30),
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                1_048_576,
                false,
                Duration.ofSeconds(300),
                Duration.ZERO,
                0,
                Duration.ofSeconds(1800),
                Optional.empty(),
                true,
                false,
                true,
                new TreeMap<>(Map.of()),
                List.of(),
                false,
                false,
                false,
                false,
                SyncSettings.defaults(SyncMode.OFF),
                Tags.NONE);
    }

    /** The same with other times. */
    public HaSettings withTimes(Duration newTtl, Duration newLoopWait, Duration newRetryTimeout) {
        return toBuilder()
                .ttl(newTtl)
                .loopWait(newLoopWait)
                .retryTimeout(newRetryTimeout)
                .build();
    }

    /** The same with other tags. */
    public HaSettings withTags(Tags newTags) {
        return toBuilder().tags(newTags).build();
    }

    /** A builder that starts from these. */
    public HaSettingsBuilder toBuilder() {
        return new HaSettingsBuilder(this);
    }
}
