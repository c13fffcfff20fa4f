package io.pgha.agent.loop;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Situation;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Remembers the last decision for those who ask, counts rules, and logs a line when something is new. */
final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private final SortedMap<String, Long> counts = new TreeMap<>();
    private String rule = "";
    private String reason = "";
    /** The last question to other members, and the rule that asked it: asked in each cycle, it is news once. */
    private String question = "";

    private String asker = "";

    void record(Decision decision, Situation situation) {
        counts.merge(decision.rule(), 1L, Long::sum);
        boolean waits = decision.action() instanceof Action.Wait;
        boolean routine = decision.action() instanceof Action.RenewLock;
        if (routine) {
            return;
        }
        if (decision.action() instanceof Action.AskPeers) {
            ask(decision, situation);
            return;
        }
        boolean news =
                !decision.rule().equals(rule) || (!waits && !decision.reason().equals(reason));
        if (news && !decision.rule().equals(asker)) {
            question = "";
        }
        tell(news, decision, situation);
        rule = decision.rule();
        reason = decision.reason();
    }

    private void ask(Decision decision, Situation situation) {
        tell(!decision.reason().equals(question), decision, situation);
        question = decision.reason();
        asker = decision.rule();
    }

    private static void tell(boolean news, Decision decision, Situation situation) {
        if (news) {
            boolean waits = decision.action() instanceof Action.Wait;
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
    SortedMap<String, Long> counts() {
        return Collections.unmodifiableSortedMap(counts);
    }
}
