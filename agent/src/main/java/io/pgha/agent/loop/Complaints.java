package io.pgha.agent.loop;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an operator has to mend, once when it comes up and once when it is gone. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private Optional<String> last = Optional.empty();

    private Optional<String> lastFence = Optional.empty();

    /** What a member says that needs a watchdog device and has none (facts §5.20). */
    static Optional<String> ofFence(Optional<String> missing) {
        return missing.map(why ->
                "watchdog.mode is required, and the device cannot be used: " + why + "; this member is not promoted");
    }

    /**
     * @param complaint what is wrong with PostgreSQL or its data
     * @param missingFence why the watchdog device that is required cannot be used
     */
    void heard(Optional<String> complaint, Optional<String> missingFence) {
        if (!missingFence.equals(lastFence)) {
            ofFence(missingFence)
                    .ifPresentOrElse(
                            text -> LOG.error("{}", text),
                            () -> LOG.info("the required watchdog device is there again"));
            lastFence = missingFence;
        }
        if (complaint.equals(last)) {
            return;
        }
        complaint.ifPresentOrElse(
                text -> LOG.error("PostgreSQL needs attention: {}", text),
                () -> LOG.info("PostgreSQL needs no attention any more"));
        last = complaint;
    }
}
