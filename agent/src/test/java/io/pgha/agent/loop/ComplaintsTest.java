package io.pgha.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ComplaintsTest {
    @Test
    void aWatchdogThatDisappearsIsToldOnceAndWhenItIsBack() {
        Logger logger = (Logger) LoggerFactory.getLogger(Complaints.class);
        Level before = logger.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            Complaints complaints = new Complaints();
            complaints.heard(Optional.empty(), Optional.of("/dev/watchdog is missing"));
            complaints.heard(Optional.empty(), Optional.of("/dev/watchdog is missing"));
            complaints.heard(Optional.empty(), Optional.empty());
            complaints.heard(Optional.empty(), Optional.empty());
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(before);
        }
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.INFO);
        assertThat(lines.list.get(0).getFormattedMessage()).contains("/dev/watchdog is missing");
    }
}
