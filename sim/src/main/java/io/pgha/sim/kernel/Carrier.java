package io.pgha.sim.kernel;

import org.jspecify.annotations.Nullable;

/** A real thread that runs one coroutine after another. Carriers are reused, also between worlds: threads are dear. */
final class Carrier implements Runnable {
    private final Thread thread = new Thread(this);
    private final Baton baton = new Baton(thread);
    private @Nullable Coroutine load;
    private boolean ended;

    Carrier(int number) {
        thread.setName("sim-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    Baton baton() {
        return baton;
    }

    Thread thread() {
        return thread;
    }

    void load(Coroutine coroutine) {
        load = coroutine;
    }

    /** Ends the thread. Only for an idle carrier. */
    void end() {
        ended = true;
        baton.pass();
    }

    @Override
    public void run() {
        boolean holdsBaton = false;
        while (true) {
            if (!holdsBaton) {
                baton.await();
            }
            Coroutine coroutine = load;
            if (ended || coroutine == null) {
                return;
            }
            load = null;
            coroutine.runBody();
            holdsBaton = coroutine.scheduler().carrierIsFree(this);
        }
    }
}
