package io.pgha.agent.loop;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Situation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Remembers the last decision for those who ask, counts rules, and logs a line when something is new. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private String rule = "";
    private String reason = "";

    void record(Decision decision, Situation situation) {
        counts.merge(decision.rule(), 1L, Long::sum);
        boolean waits = decision.action() instanceof Action.Wait;
        boolean routine = decision.action() instanceof Action.RenewLock;
        if (routine) {
            return;
        }
        boolean news =
                !decision.rule().equals(rule) || (!waits && !decision.reason().equals(reason));
        if (news) {
            LOG.atLevel(level(decision.action()))
                    .log(
                            "{}{} ({}{})",
                            situation.paused() ? "PAUSE: " : "",
                            decision.reason(),
                            decision.rule(),
                            waits ? "" : ": " + verb(decision.action()));
        } else {
            LOG.debug("{} ({})", decision.reason(), decision.rule());
        }
        rule = decision.rule();
        reason = decision.reason();
    }

    /** The end of the agent is an error, and a stop at once a warning: nobody shall have to look for them. */
    private static Level level(Action action) {
        if (action instanceof Action.Exit exit && exit.code() != 0) {
            return Level.ERROR;
        }
        return action instanceof Action.Fence ? Level.WARN : Level.INFO;
    }

    private static String verb(Action action) {
        return action.getClass().getSimpleName();
    }

    String rule() {
        return rule;
    }

    String reason() {
        return reason;
    }

    /** How often each rule matched. */
    Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}
