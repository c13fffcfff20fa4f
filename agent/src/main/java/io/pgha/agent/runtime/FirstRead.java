package io.pgha.agent.runtime;

import io.pgha.agent.port.Doorbell;
import io.pgha.core.model.ClusterView;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the DCS at the start, however long it takes, and says so every ten seconds. */
final class FirstRead {
    private static final Logger LOG = LoggerFactory.getLogger(FirstRead.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);

    private final Dcs dcs;
    private final Doorbell doorbell;
    private final Ending ending;
    private final SdNotify notify;
    private final String where;

    /** @param where the endpoints, for the log */
    FirstRead(Dcs dcs, Doorbell doorbell, Ending ending, SdNotify notify, String where) {
        this.dcs = dcs;
        this.doorbell = doorbell;
        this.ending = ending;
        this.notify = notify;
        this.where = where;
    }

    /** The view, a denial, or, when the agent was told to end, the last failure. */
    DcsOutcome<ClusterView> await() throws InterruptedException {
        long sayAt = System.nanoTime();
        while (true) {
            DcsOutcome<ClusterView> outcome = dcs.read();
            if (outcome.isDone() || outcome instanceof DcsOutcome.Denied || ending.wanted()) {
                return outcome;
            }
            if (System.nanoTime() - sayAt >= 0) {
                LOG.warn("waiting for etcd at {}: {}", where, outcome.reason());
                notify.status("waiting for etcd at " + where);
                notify.extendStart(SAY_EVERY.multipliedBy(6));
                sayAt = System.nanoTime() + SAY_EVERY.toNanos();
            }
            doorbell.await(PAUSE);
        }
    }
}
