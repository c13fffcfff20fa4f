package io.pgha.core.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes {@link HaSettings} field by field; see there for what each means. */
public final class HaSettingsBuilder {
    private String name;
    private String scope;
    private Duration ttl;
    private Duration watchdogMargin;
    private Duration loopWait;
    private Duration retryTimeout;
    private long maximumLagOnFailover;
    private boolean checkTimeline;
    private Duration primaryStartTimeout;
    private Duration primaryStopTimeout;
    private int maxTimelinesHistory;
    private Duration memberSlotsTtl;
    private Optional<StandbySource> standbyCluster;
    private boolean mayBootstrap;
    private boolean leaderlessReplicaMethod;
    private boolean useSlots;
    private SortedMap<String, PermanentSlot> permanentSlots;
    private List<SlotMatcher> ignoredSlots;
    private boolean removeOnRewindFailure;
    private boolean removeOnDivergedTimelines;
    private boolean paused;
    private boolean failsafeMode;
    private SyncSettings sync;
    private Tags tags;

    HaSettingsBuilder(HaSettings from) {
        name = from.name();
        scope = from.scope();
        ttl = from.ttl();
        watchdogMargin = from.watchdogMargin();
        loopWait = from.loopWait();
        retryTimeout = from.retryTimeout();
        maximumLagOnFailover = from.maximumLagOnFailover();
        checkTimeline = from.checkTimeline();
        primaryStartTimeout = from.primaryStartTimeout();
        primaryStopTimeout = from.primaryStopTimeout();
        maxTimelinesHistory = from.maxTimelinesHistory();
        memberSlotsTtl = from.memberSlotsTtl();
        standbyCluster = from.standbyCluster();
        mayBootstrap = from.mayBootstrap();
        leaderlessReplicaMethod = from.leaderlessReplicaMethod();
        useSlots = from.useSlots();
        permanentSlots = from.permanentSlots();
        ignoredSlots = from.ignoredSlots();
        removeOnRewindFailure = from.removeOnRewindFailure();
        removeOnDivergedTimelines = from.removeOnDivergedTimelines();
        paused = from.paused();
        failsafeMode = from.failsafeMode();
        sync = from.sync();
        tags = from.tags();
    }

    public HaSettingsBuilder name(String value) {
        name = value;
        return this;
    }

    public HaSettingsBuilder scope(String value) {
        scope = value;
        return this;
    }

    public HaSettingsBuilder ttl(Duration value) {
        ttl = value;
        return this;
    }

    public HaSettingsBuilder watchdogMargin(Duration value) {
        watchdogMargin = value;
        return this;
    }

    public HaSettingsBuilder loopWait(Duration value) {
        loopWait = value;
        return this;
    }

    public HaSettingsBuilder retryTimeout(Duration value) {
        retryTimeout = value;
        return this;
    }

    public HaSettingsBuilder maximumLagOnFailover(long value) {
        maximumLagOnFailover = value;
        return this;
    }

    public HaSettingsBuilder checkTimeline(boolean value) {
        checkTimeline = value;
        return this;
    }

    public HaSettingsBuilder primaryStartTimeout(Duration value) {
        primaryStartTimeout = value;
        return this;
    }

    public HaSettingsBuilder primaryStopTimeout(Duration value) {
        primaryStopTimeout = value;
        return this;
    }

    public HaSettingsBuilder maxTimelinesHistory(int value) {
        maxTimelinesHistory = value;
        return this;
    }

    public HaSettingsBuilder memberSlotsTtl(Duration value) {
        memberSlotsTtl = value;
        return this;
    }

    public HaSettingsBuilder standbyCluster(Optional<StandbySource> value) {
        standbyCluster = value;
        return this;
    }

    public HaSettingsBuilder mayBootstrap(boolean value) {
        mayBootstrap = value;
        return this;
    }

    public HaSettingsBuilder leaderlessReplicaMethod(boolean value) {
        leaderlessReplicaMethod = value;
        return this;
    }

    public HaSettingsBuilder useSlots(boolean value) {
        useSlots = value;
        return this;
    }

    public HaSettingsBuilder permanentSlots(Map<String, PermanentSlot> value) {
        permanentSlots = new TreeMap<>(value);
        return this;
    }

    public HaSettingsBuilder ignoredSlots(List<SlotMatcher> value) {
        ignoredSlots = value;
        return this;
    }

    public HaSettingsBuilder removeOnRewindFailure(boolean value) {
        removeOnRewindFailure = value;
        return this;
    }

    public HaSettingsBuilder removeOnDivergedTimelines(boolean value) {
        removeOnDivergedTimelines = value;
        return this;
    }

    public HaSettingsBuilder paused(boolean value) {
        paused = value;
        return this;
    }

    public HaSettingsBuilder failsafeMode(boolean value) {
        failsafeMode = value;
        return this;
    }

    public HaSettingsBuilder sync(SyncSettings value) {
        sync = value;
        return this;
    }

    public HaSettingsBuilder tags(Tags value) {
        tags = value;
        return this;
    }

    /** The settings as they are now. */
    public HaSettings build() {
        return new HaSettings(
                name,
                scope,
                ttl,
                watchdogMargin,
                loopWait,
                retryTimeout,
                maximumLagOnFailover,
                checkTimeline,
                primaryStartTimeout,
                primaryStopTimeout,
                maxTimelinesHistory,
                memberSlotsTtl,
                standbyCluster,
                mayBootstrap,
                leaderlessReplicaMethod,
                useSlots,
                permanentSlots,
                ignoredSlots,
                removeOnRewindFailure,
                removeOnDivergedTimelines,
                paused,
                failsafeMode,
                sync,
                tags);
    }
}
