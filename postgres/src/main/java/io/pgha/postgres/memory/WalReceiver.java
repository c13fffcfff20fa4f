package io.pgha.postgres.memory;

import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import io.pgha.core.model.Upstream;
import java.time.Duration;
import java.util.Optional;

/**
 * Streams WAL from the upstream into a standby. It asks by timeline number and position, as PostgreSQL does, and goes
 * on only where the upstream's history files allow it; the model notices when an equal number deceives them.
 */
final class WalReceiver {
    private static final int BREAKS_AFTER = 5;

    private final MemoryServer standby;
    private Optional<Upstream> upstream = Optional.empty();
    private Optional<MemoryServer> sender = Optional.empty();
    private Optional<Lsn> received = Optional.empty();
    private Optional<Lsn> replayed = Optional.empty();
    private String obstacle = "";
    private int lostInARow;

    WalReceiver(MemoryServer standby) {
        this.standby = standby;
    }

    void reset(Optional<Upstream> newUpstream) {
        upstream = newUpstream;
        sender = Optional.empty();
        received = Optional.empty();
        replayed = Optional.empty();
        obstacle = "";
    }

    /** Follows somebody else without a restart. */
    void redirect(Optional<Upstream> newUpstream) {
        upstream = newUpstream;
        sender = Optional.empty();
        obstacle = "";
    }

    Optional<Upstream> upstream() {
        return upstream;
    }

    boolean isStreaming() {
        return sender.isPresent();
    }

    /** Whether it streams from that server. */
    boolean streamsFrom(MemoryServer other) {
        return sender.filter(other::equals).isPresent();
    }

    Optional<Lsn> received() {
        return received;
    }

    /** What is replayed: one packet behind what is received. */
    Lsn replayed() {
        return replayed.orElse(standby.data().end());
    }

    void start() {
        replayed = Optional.of(standby.data().end());
        next();
    }

    private void next() {
        Duration delay =
                sender.map(from -> standby.network().delayOfWal(standby, from)).orElse(Duration.ZERO);
        standby.later(standby.luck().duration(Step.STREAM).plus(delay), () -> {
            if (standby.phase() == MemoryServer.Phase.RUNNING && standby.inRecovery()) {
                if (arrives()) {
                    packet();
                }
                next();
            }
        });
    }

    /** What is lost is sent again; a connection on which too much is lost breaks. */
    private boolean arrives() {
        if (sender.isEmpty() || !standby.network().losesWal(standby, sender.get())) {
            lostInARow = 0;
            return true;
        }
        lostInARow++;
        if (lostInARow >= BREAKS_AFTER) {
            standby.say("loses its connection to " + sender.get().name());
            sender = Optional.empty();
        }
        return false;
    }

    /** Fetches what the upstream has. */
    void packet() {
        if (!standby.replayIsPaused()) {
            replayed = Optional.of(standby.data().end());
        }
        Optional<MemoryServer> source = upstream.flatMap(to -> standby.network().connectForWal(standby, to));
        if (source.isEmpty() || standby.hangs()) {
            sender = Optional.empty();
            return;
        }
        String why = fetch(source.get());
        if (why.isEmpty()) {
            if (sender.isEmpty()) {
                standby.say("streams from " + source.get().name());
            }
            sender = source;
            source.get().commits().release();
        } else {
            if (!why.equals(obstacle)) {
                standby.say("cannot stream from " + source.get().name() + ": " + why);
            }
            sender = Optional.empty();
        }
        obstacle = why;
    }

    /** Fetches what there is; the answer is why not, or empty text. */
    private String fetch(MemoryServer source) {
        DataFolder mine = standby.data();
        DataFolder theirs = source.data();
        if (!mine.systemIdentifier().equals(theirs.systemIdentifier())) {
            return "database system identifier differs";
        }
        Timeline number = mine.branch.timeline();
        Optional<Branch> known = theirs.branch.numbered(number);
        if (known.isEmpty()) {
            return "timeline " + number + " is not in its history";
        }
        boolean same = theirs.branch.timeline().equals(number);
        Lsn limit = same ? theirs.end : theirs.branch.switchPoint(number).orElse(Lsn.ZERO);
        if (mine.end.isAfter(limit)) {
            return same
                    ? "starting point " + mine.end + " is ahead of its position " + limit
                    : "timeline " + theirs.branch.timeline() + " forked off at " + limit + " before " + mine.end;
        }
        if (known.get() != mine.branch && !theirs.contains(mine.branch, mine.end)) {
            standby.witness().mixed(standby, mine.branch, known.get(), mine.end);
        }
        mine.moveTo(theirs.branch, theirs.end);
        mine.fetchHistoryFiles(theirs);
        received = Optional.of(mine.end);
        return "";
    }
}
