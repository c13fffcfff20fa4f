package io.pgha.agent.watchdog;

import java.io.IOException;
import java.time.Duration;

/** An open watchdog device. Whoever has it open has to send {@link #ping} in time. */
public interface Device {
    /** What makes one. */
    interface Driver {
        /** @throws IOException when it cannot be opened, with a reason for an operator */
        Device open(String path) throws IOException;
    }

    /**
     * Sets the timeout, which counts from the next ping at the latest.
     *
     * @param wanted whole seconds
     * @return the timeout that is really in force: some devices know only a few, and some none but their own
     */
    Duration timeout(Duration wanted) throws IOException;

    /** Says that all is well: the time counts anew. */
    void ping() throws IOException;

    /**
     * Ends the watch and closes.
     *
     * @return whether it is disarmed; false: the device cannot be, and will reset the machine
     */
    boolean disarm() throws IOException;
}
