package io.pgha.agent.loop;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an operator has to mend, once when it comes up and once when it is gone. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private Optional<String> last = Optional.empty();

    void heard(Optional<String> complaint) {
        if (complaint.equals(last)) {
            return;
        }
        complaint.ifPresentOrElse(
                text -> LOG.error("PostgreSQL needs attention: {}", text),
                () -> LOG.info("PostgreSQL needs no attention any more"));
        last = complaint;
    }
}
