package io.pgha.agent.runtime;

/** Makes the threads of the agent: daemons with a small stack, so that an idle agent stays small. */
final class DaemonThread {
    /** For threads that wait and hand over. */
    static final long SMALL_STACK = 256 * 1024L;

    /** For threads that run Jobs: JDBC, TLS, JSON. */
    static final long WORK_STACK = 512 * 1024L;

    private DaemonThread() {}

    /** Starts a thread with a {@link #SMALL_STACK}. */
    static Thread start(String name, Runnable work) {
        Thread thread = of(name, SMALL_STACK, work);
        thread.start();
        return thread;
    }

    /** A thread that has not been started. */
    static Thread of(String name, long stackBytes, Runnable work) {
        Thread thread = new Thread(null, work, name, stackBytes);
        thread.setDaemon(true);
        return thread;
    }
}
