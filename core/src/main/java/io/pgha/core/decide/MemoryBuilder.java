package io.pgha.core.decide;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.sync.NamesInForce;
import java.time.Duration;
import java.util.Optional;

/** Changes a {@link Memory} field by field. */
public final class MemoryBuilder {
    private Optional<ClusterView> lastLedView;
    private boolean wasPrimary;
    private boolean paused;
    private boolean joined;
    private boolean foundDown;
    private BootstrapPhase bootstrap;
    private boolean claimUnsure;
    private RewindPhase rewind;
    private Optional<String> rewindTrouble;
    private String comparedWith;
    private Optional<MonotonicTime> comparedAt;
    private boolean crashRecovered;
    private boolean primaryStartFailed;
    private Optional<Duration> restartTimeout;
    private Optional<MonotonicTime> notBefore;
    private Optional<MonotonicTime> noRaceUntil;
    private Optional<MonotonicTime> noSlotCopyUntil;
    private Optional<SlotCopyWait> slotCopyWait;
    private boolean startOwed;
    private boolean handingOver;
    private Optional<MonotonicTime> handOverUntil;
    private Optional<NamesInForce> namesInForce;
    private Optional<MonotonicTime> leaderlessSince;
    private Optional<MonotonicTime> startingSince;

    MemoryBuilder(Memory from) {
        lastLedView = from.lastLedView();
        wasPrimary = from.wasPrimary();
        paused = from.paused();
        joined = from.joined();
        foundDown = from.foundDown();
        bootstrap = from.bootstrap();
        claimUnsure = from.claimUnsure();
        rewind = from.rewind();
        rewindTrouble = from.rewindTrouble();
        comparedWith = from.comparedWith();
        comparedAt = from.comparedAt();
        crashRecovered = from.crashRecovered();
        primaryStartFailed = from.primaryStartFailed();
        restartTimeout = from.restartTimeout();
        notBefore = from.notBefore();
        noRaceUntil = from.noRaceUntil();
        noSlotCopyUntil = from.noSlotCopyUntil();
        slotCopyWait = from.slotCopyWait();
        startOwed = from.startOwed();
        handingOver = from.handingOver();
        handOverUntil = from.handOverUntil();
        namesInForce = from.namesInForce();
        leaderlessSince = from.leaderlessSince();
        startingSince = from.startingSince();
    }

    public MemoryBuilder lastLedView(ClusterView view) {
        lastLedView = Optional.of(view);
        return this;
    }

    public MemoryBuilder wasPrimary(boolean value) {
        wasPrimary = value;
        return this;
    }

    public MemoryBuilder paused(boolean value) {
        paused = value;
        return this;
    }

    public MemoryBuilder joined(boolean value) {
        joined = value;
        return this;
    }

    public MemoryBuilder foundDown(boolean value) {
        foundDown = value;
        return this;
    }

    public MemoryBuilder bootstrap(BootstrapPhase value) {
        bootstrap = value;
        return this;
    }

    public MemoryBuilder claimUnsure(boolean value) {
        claimUnsure = value;
        return this;
    }

    public MemoryBuilder rewind(RewindPhase value) {
        rewind = value;
        return this;
    }

    public MemoryBuilder rewindTrouble(Optional<String> value) {
        rewindTrouble = value;
        return this;
    }

    public MemoryBuilder compared(String with, MonotonicTime at) {
        comparedWith = with;
        comparedAt = Optional.of(at);
        return this;
    }

    public MemoryBuilder notCompared() {
        rewind = RewindPhase.UNCHECKED;
        rewindTrouble = Optional.empty();
        comparedWith = "";
        comparedAt = Optional.empty();
        return this;
    }

    public MemoryBuilder crashRecovered(boolean value) {
        crashRecovered = value;
        return this;
    }

    public MemoryBuilder primaryStartFailed(boolean value) {
        primaryStartFailed = value;
        return this;
    }

    public MemoryBuilder restartTimeout(Optional<Duration> value) {
        restartTimeout = value;
        return this;
    }

    public MemoryBuilder notBefore(Optional<MonotonicTime> value) {
        notBefore = value;
        return this;
    }

    public MemoryBuilder noRaceUntil(MonotonicTime value) {
        noRaceUntil = Optional.of(value);
        return this;
    }

    public MemoryBuilder noSlotCopyUntil(Optional<MonotonicTime> value) {
        noSlotCopyUntil = value;
        return this;
    }

    public MemoryBuilder slotCopyWait(Optional<SlotCopyWait> value) {
        slotCopyWait = value;
        return this;
    }

    public MemoryBuilder startOwed(boolean value) {
        startOwed = value;
        return this;
    }

    public MemoryBuilder handingOver(boolean value) {
        handingOver = value;
        return this;
    }

    public MemoryBuilder handOverUntil(Optional<MonotonicTime> value) {
        handOverUntil = value;
        return this;
    }

    public MemoryBuilder namesInForce(Optional<NamesInForce> value) {
        namesInForce = value;
        return this;
    }

    public MemoryBuilder leaderlessSince(Optional<MonotonicTime> value) {
        leaderlessSince = value;
        return this;
    }

    public MemoryBuilder startingSince(Optional<MonotonicTime> value) {
        startingSince = value;
        return this;
    }

    /** The changed memory. */
    public Memory build() {
        return new Memory(
                lastLedView,
                wasPrimary,
                paused,
                joined,
                foundDown,
                bootstrap,
                claimUnsure,
                rewind,
                rewindTrouble,
                comparedWith,
                comparedAt,
                crashRecovered,
                primaryStartFailed,
                restartTimeout,
                notBefore,
                noRaceUntil,
                noSlotCopyUntil,
                slotCopyWait,
                startOwed,
                handingOver,
                handOverUntil,
                namesInForce,
                leaderlessSince,
                startingSince);
    }
}
