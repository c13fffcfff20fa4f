package io.pgha.agent.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service is (sd_notify(3)). Does nothing where systemd did not ask, and then never loads the native
 * library. A message that cannot be sent is logged once and otherwise ignored: the service manager is no part of our safety.
 */
final class SdNotify {
    /** Hidden from every child, so that PostgreSQL does not notify in our name. */
    static final String SOCKET_VARIABLE = "NOTIFY_SOCKET";

    private static final Logger LOG = LoggerFactory.getLogger(SdNotify.class);

    private final Optional<Socket> socket;
    private final boolean watchdog;
    private String status = "";
    private boolean complained;

    /** Where a message goes. */
    interface Socket {
        /** @throws IllegalStateException when it could not be sent, with the reason */
        void send(byte[] message);
    }

    SdNotify(Optional<Socket> socket, boolean watchdog) {
        this.socket = socket;
        this.watchdog = watchdog;
    }

    /** As the environment says. */
    static SdNotify of(Map<String, String> environment) {
        String address = environment.getOrDefault(SOCKET_VARIABLE, "");
        boolean usable = address.length() > 1 && (address.startsWith("/") || address.startsWith("@"));
        boolean wantsWatchdog = !environment.getOrDefault("WATCHDOG_USEC", "").isEmpty();
        return new SdNotify(usable ? Optional.of(new DatagramSocket(address)) : Optional.empty(), wantsWatchdog);
    }

    void ready() {
        send("READY=1");
    }

    /** The start takes so much longer, counted from now. */
    void extendStart(Duration time) {
        send("EXTEND_TIMEOUT_USEC=" + time.toNanos() / 1000);
    }

    /** One line for {@code systemctl status}; sent only when it changed. */
    synchronized void status(String text) {
        String line = text.replace('\n', ' ');
        if (!line.equals(status)) {
            status = line;
            send("STATUS=" + line);
        }
    }

    /** The loop is alive. Called by the loop itself and by nothing else. */
    void alive() {
        if (watchdog) {
            send("WATCHDOG=1");
        }
    }

    /** The configuration is being read again; {@link #ready} ends it. */
    void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / 1000);
    }

    void stopping() {
        send("STOPPING=1");
    }

    private synchronized void send(String message) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            socket.get().send(message.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalStateException | LinkageError e) {
            if (!complained) {
                complained = true;
                LOG.warn("systemd cannot be told our state: {}", e.getMessage());
            }
        }
    }
}
