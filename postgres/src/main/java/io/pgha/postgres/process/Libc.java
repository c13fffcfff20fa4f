package io.pgha.postgres.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few calls of the C library that Java lacks: signals other than TERM and KILL, and waiting for a process that is
 * no child. Where JNA cannot be loaded (a noexec temporary directory), {@link #available} says so and others step in.
 */
final class Libc {
    private static final Logger log = LoggerFactory.getLogger(Libc.class);

    /** {@code pidfd_open(2)}: the same number on every architecture; Linux 5.3 and newer. */
    private static final long SYS_PIDFD_OPEN = 434;

    private static final short POLLIN = 1;
    private static final int STRUCT_POLLFD_SIZE = 8;
    private static final boolean AVAILABLE = load();

    private Libc() {}

    static boolean available() {
        return AVAILABLE;
    }

    private static boolean load() {
        try {
            Native.register(Libc.class, "c");
            return true;
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            log.warn(
                    "JNA cannot be loaded ({}): signals are sent by the program kill, and the postmaster's exit is"
                            + " noticed by polling; set -Djna.tmpdir to a directory that allows execution",
                    e.getMessage());
            return false;
        }
    }

    /**
     * Opens a descriptor that becomes readable when the process ends.
     *
     * @return the descriptor, or a negative number when the process is gone or the kernel is too old
     */
    static int openPidDescriptor(long pid) {
        return (int) syscall(SYS_PIDFD_OPEN, pid, 0);
    }

    /**
     * Blocks until the descriptor is readable.
     *
     * @return whether it is, as opposed to an interrupted or failed call
     */
    static boolean awaitReadable(int descriptor) {
        try (Memory pollfd = new Memory(STRUCT_POLLFD_SIZE)) {
            pollfd.setInt(0, descriptor);
            pollfd.setShort(4, POLLIN);
            pollfd.setShort(6, (short) 0);
            return poll(pollfd, 1, -1) > 0;
        }
    }

    /** Sends a signal; whether the process was there and it was allowed. */
    static boolean signal(long pid, int signal) {
        return kill((int) pid, signal) == 0;
    }

    private static native int kill(int pid, int signal);

    static native int close(int descriptor);

    private static native long syscall(long number, long first, long second);

    private static native int poll(Memory descriptors, long count, int timeoutMillis);
}
