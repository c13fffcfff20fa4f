package io.pgha.sim.kernel;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Carriers that are real threads, of which one runs at a time. They are reused, also between worlds: threads are dear. */
final class ThreadCarriers implements Carriers {
    private final Baton main = new Baton(Thread.currentThread());
    private final Duration longestStep;
    private final Deque<Runner> idle = new ArrayDeque<>();
    private int made;

    /** Made by the thread that will run the world. */
    ThreadCarriers() {
        this(Duration.ofMinutes(1));
    }

    /**
     * With another limit.
     *
     * @param longestStep real time after which code that has not paused is taken for blocked
     */
    ThreadCarriers(Duration longestStep) {
        this.longestStep = longestStep;
    }

    @Override
    public Carrier carry(Runnable code) {
        Runner runner = idle.pollLast();
        if (runner == null) {
            runner = new Runner(++made);
        }
        runner.load = code;
        return runner;
    }

    @Override
    public void close() {
        idle.forEach(runner -> runner.baton.pass());
        idle.clear();
    }

    private final class Runner implements Carrier {
        private final Thread thread = new Thread(this::work);
        private final Baton baton = new Baton(thread);
        private @Nullable Runnable load;

        Runner(int number) {
            thread.setName("sim-" + number);
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void run() {
            baton.pass();
            if (!main.await(longestStep.toNanos())) {
                throw new IllegalStateException(
                        thread.getName() + " neither pauses nor ends; a lock held over a port call?" + stack());
            }
        }

        @Override
        public void pause() {
            main.pass();
            baton.await();
        }

        /** One load after another; none at its turn: it is time to end. */
        private void work() {
            baton.await();
            for (Runnable code = load; code != null; code = load) {
                load = null;
                code.run();
                idle.addLast(this);
                main.pass();
                baton.await();
            }
        }

        private String stack() {
            StringBuilder text = new StringBuilder();
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append("\n    ").append(frame);
            }
            return text.toString();
        }
    }
}
