package io.pgha.agent.loop;

import io.pgha.core.decide.DcsSight;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.HaSettings;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.time.Clock;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsChange;
import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the cluster view, with as few requests as is safe: in a quiet cycle the copy that the watch keeps will do,
 * because there nothing is decided but to go on, and going on is proven by the renewal of the lock, not by the view.
 */
final class DcsReader {
    private static final Logger LOG = LoggerFactory.getLogger(DcsReader.class);

    private static final Duration FULL_READ_AT_LEAST_EVERY = Duration.ofSeconds(60);
    private static final Duration SHORTEST_BUDGET = Duration.ofSeconds(1);

    private final Clock clock;
    private final Dcs dcs;
    private final AtomicBoolean uncertain = new AtomicBoolean(true);
    private Optional<MonotonicTime> fullReadAt = Optional.empty();
    private Instant lastSeen = Instant.EPOCH;
    private boolean failing;

    DcsReader(Clock clock, Dcs dcs) {
        this.clock = clock;
        this.dcs = dcs;
    }

    /** The watch told of a change: the next cycle reads all. Any thread. */
    void changed(DcsChange change) {
        if (change != DcsChange.STATUS && change != DcsChange.MEMBERS) {
            uncertain.set(true);
        }
    }

    /** Something went wrong with the DCS: the next cycle reads all. */
    void distrust() {
        uncertain.set(true);
    }

    /**
     * Reads.
     *
     * @param settings for the budget of one call
     * @param lockValidUntil a primary does not wait for an answer until it is too late to stop in order
     * @param quiet whether nothing is going on that needs a fresh view
     */
    DcsSight read(HaSettings settings, Optional<MonotonicTime> lockValidUntil, boolean quiet) {
        MonotonicTime now = clock.now();
        dcs.timing(settings.ttl(), budget(settings, lockValidUntil, now));
        boolean recent = fullReadAt
                .filter(at -> now.since(at).compareTo(FULL_READ_AT_LEAST_EVERY) < 0)
                .isPresent();
        if (quiet && recent && !uncertain.get()) {
            Optional<ClusterView> watched = dcs.watched().filter(view -> !view.isUnlocked());
            if (watched.isPresent()) {
                return new DcsSight.Seen(watched.get());
            }
        }
        // A call that is begun now would end after the moment at which a primary has to stop in order.
        boolean noTime = lockValidUntil
                .map(until -> settings.leaseTimes().demoteAt(until).since(now))
                .filter(left -> !left.isNegative() && left.compareTo(SHORTEST_BUDGET) < 0)
                .isPresent();
        if (noTime && failing) {
            return new DcsSight.Unseen("no answer so far, and no time to wait for another");
        }
        uncertain.set(false);
        DcsOutcome<ClusterView> answer = dcs.read();
        if (answer instanceof DcsOutcome.Done<ClusterView> done) {
            fullReadAt = Optional.of(now);
            lastSeen = clock.wall();
            if (failing) {
                LOG.info("the DCS answers again");
            }
            failing = false;
            return new DcsSight.Seen(done.value());
        }
        uncertain.set(true);
        if (!failing) {
            LOG.warn("the DCS does not answer: {}", answer.reason());
        }
        failing = true;
        return new DcsSight.Unseen(answer.reason());
    }

    /** With failsafe_mode a primary needs the other half of the time to ask the members. */
    private static Duration budget(HaSettings settings, Optional<MonotonicTime> lockValidUntil, MonotonicTime now) {
        int share = settings.failsafeMode() ? 2 : 1;
        Duration most = lockValidUntil
                .map(until -> Duration.ofMillis(
                        settings.leaseTimes().demoteAt(until).since(now).toMillis() / share))
                .filter(left -> left.compareTo(settings.retryTimeout()) < 0)
                .orElse(settings.retryTimeout());
        return most.compareTo(SHORTEST_BUDGET) < 0 ? SHORTEST_BUDGET : most;
    }

    /** A write was answered: the DCS is there. */
    void answered() {
        lastSeen = clock.wall();
    }

    /** Wall time of the last answer; {@link Instant#EPOCH} when there was none. */
    Instant lastSeen() {
        return lastSeen;
    }
}
