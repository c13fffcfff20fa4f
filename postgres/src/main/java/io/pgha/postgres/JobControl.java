package io.pgha.postgres;

import java.util.OptionalLong;

/** What long work sees of the one who ordered it: whether to stop, and where to tell its progress. */
public interface JobControl {
    /** Whether the work should end as soon as it safely can. */
    boolean cancelled();

    /**
     * Registers what ends the current step at once, for example killing a child process. Called at most once per
     * registration, from another thread, and at once when the work is cancelled already.
     */
    Registration onCancel(Runnable action);

    /** Tells what is being done, for an operator; replaces the previous text. */
    void progress(String text);

    /**
     * Tells how far a copy is.
     *
     * @param done bytes copied
     * @param total bytes to copy in all; empty when unknown
     */
    default void copied(long done, OptionalLong total) {}

    /** Takes a cancel action back when its step is over. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Work that nobody cancels and whose progress nobody reads. */
    JobControl UNATTENDED = new JobControl() {
        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable action) {
            return () -> {};
        }

        @Override
        public void progress(String text) {}
    };
}
