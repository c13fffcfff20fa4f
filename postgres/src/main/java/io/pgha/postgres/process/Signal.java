package io.pgha.postgres.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signals that PostgreSQL's processes are sent; numbers are Linux's. */
public enum Signal {
    /** Reload the configuration. */
    HUP(1),
    /** Fast stop. */
    INT(2),
    /** Immediate stop. */
    QUIT(3),
    /** The kernel ends the process. */
    KILL(9),
    /** The postmaster looks for a promotion request. */
    USR1(10),
    /** Smart stop of a postmaster; polite end of any other child. */
    TERM(15),
    /** Ends {@link #STOP}. */
    CONT(18),
    /** The kernel suspends the process. */
    STOP(19);

    private static final Logger log = LoggerFactory.getLogger(Signal.class);
    private static final long KILL_PROGRAM_SECONDS = 2;

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /**
     * Sends it.
     *
     * @param pid a process id above 1; groups and init are refused, as a mistake there would hurt strangers
     * @return whether the process was there and the signal was allowed
     */
    public boolean sendTo(long pid) {
        if (pid <= 1 || pid > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("not a process to signal: " + pid);
        }
        return Libc.available() ? Libc.signal(pid, number) : sendByProgram(pid);
    }

    private boolean sendByProgram(long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + number, Long.toString(pid))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor(KILL_PROGRAM_SECONDS, TimeUnit.SECONDS) && kill.exitValue() == 0;
        } catch (IOException e) {
            log.error("cannot send {} to process {}: {}", this, pid, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
