package io.pgha.core.decide;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.sync.NamesInForce;
import io.pgha.core.view.ClusterFlags;
import java.time.Duration;
import java.util.Optional;

/**
 * The only thing carried from cycle to cycle. Replaced, never mutated.
 *
 * @param lastLedView the last view of the cluster in which somebody led
 * @param wasPrimary whether PostgreSQL was primary when it was last seen running
 * @param paused whether the cluster was in maintenance mode when a valid configuration was last seen
 * @param joined whether PostgreSQL was seen running since the agent started
 * @param foundDown whether this agent found the data of the leader without a server and had never seen it run: what it had
 *     flushed may be gone with its machine
 * @param bootstrap how far an initialisation is
 * @param claimUnsure whether the key initialize may be this node's own claim: the DCS did not say what became of it
 * @param rewind what is known of the local history
 * @param rewindTrouble why pg_rewind failed, or waits, one sentence; empty before it was tried
 * @param comparedWith the leader and timeline that {@code rewind} was found against; empty text for none
 * @param comparedAt when
 * @param crashRecovered whether single-user crash recovery was tried since PostgreSQL last ran
 * @param primaryStartFailed whether starting as primary again failed since PostgreSQL last ran
 * @param restartTimeout how long the ordered restart that runs may take to start a primary; empty: primary_start_timeout
 * @param notBefore no Job that failed is tried again before this
 * @param noRaceUntil this node does not race before this, because its pre_promote failed
 * @param noSlotCopyUntil logical slots are not copied before this, because that failed
 * @param slotCopyWait for whom this standby waits before it restarts for logical slots; empty while it does not wait
 * @param startOwed whether PostgreSQL is down because a Job of ours stopped it or made its data, so that it is to be
 *     started in pause, too
 * @param handingOver whether PostgreSQL is being stopped so that another member takes over
 * @param handOverUntil after that stop: until when it is waited for somebody who proves to have the last WAL
 * @param namesInForce for whom commits of this primary wait, and since when; empty while it is none
 * @param leaderlessSince since when nobody has been leading, as far as this node has seen
 * @param startingSince since when the server has been starting without a Job that waits for it
 */
public record Memory(
        Optional<ClusterView> lastLedView,
        boolean wasPrimary,
        boolean paused,
        boolean joined,
        boolean foundDown,
        BootstrapPhase bootstrap,
        boolean claimUnsure,
        RewindPhase rewind,
        Optional<String> rewindTrouble,
        String comparedWith,
        Optional<MonotonicTime> comparedAt,
        boolean crashRecovered,
        boolean primaryStartFailed,
        Optional<Duration> restartTimeout,
        Optional<MonotonicTime> notBefore,
        Optional<MonotonicTime> noRaceUntil,
        Optional<MonotonicTime> noSlotCopyUntil,
        Optional<SlotCopyWait> slotCopyWait,
        boolean startOwed,
        boolean handingOver,
        Optional<MonotonicTime> handOverUntil,
        Optional<NamesInForce> namesInForce,
        Optional<MonotonicTime> leaderlessSince,
        Optional<MonotonicTime> startingSince) {

    /** What an agent remembers that has just started. */
    public static final Memory EMPTY = new Memory(
            Optional.empty(),
            false,
            false,
            false,
            false,
            BootstrapPhase.NONE,
            false,
            RewindPhase.UNCHECKED,
            Optional.empty(),
            "",
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** The same after seeing the DCS. */
    public Memory seeing(ClusterView view, MonotonicTime now) {
        // A configuration that is missing or garbage ends no pause: the leader writes the last good one again.
        boolean pause = view.config().filter(DynamicConfigKey::valid).isPresent()
                ? ClusterFlags.of(view).paused()
                : paused;
        MemoryBuilder next = toBuilder().paused(pause);
        if (!view.isUnlocked()) {
            next.lastLedView(view).leaderlessSince(Optional.empty());
        } else if (leaderlessSince.isEmpty()) {
            next.leaderlessSince(Optional.of(now));
        }
        return next.build();
    }

    public Memory withBootstrap(BootstrapPhase phase) {
        return toBuilder().bootstrap(phase).build();
    }

    /** A builder that starts from this memory. */
    public MemoryBuilder toBuilder() {
        return new MemoryBuilder(this);
    }
}
