package io.pgha.agent.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs commands one after the other: each one that was handed in is started, in order; a new one ends the one that still runs,
 * with all that it has started. The thread lives only as long as there is a command, and the caller never waits for it.
 */
final class CallbackSlot {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackSlot.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int MAX_OUTPUT = 8 * 1024;

    private record Command(String name, List<String> argv) {}

    private final Duration limit;
    private final Queue<Command> pending = new ArrayDeque<>();
    private boolean working;

    CallbackSlot(Duration limit) {
        this.limit = limit;
    }

    /**
     * @param name for the log
     * @param argv program and arguments
     */
    synchronized void run(String name, List<String> argv) {
        pending.add(new Command(name, argv));
        if (!working) {
            working = true;
            DaemonThread.start("callback", this::work);
        }
    }

    private void work() {
        Command command = next();
        while (command != null) {
            try {
                execute(command);
            } catch (IOException e) {
                LOG.error("callback {} cannot be started: {}", command.name(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.error("callback {} failed", command.name(), e);
            }
            command = next();
        }
    }

    private synchronized @Nullable Command next() {
        Command command = pending.poll();
        working = command != null;
        return command;
    }

    private void execute(Command command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(OwnGroup.of(command.argv())).redirectErrorStream(true);
        builder.environment().remove(SdNotify.SOCKET_VARIABLE);
        long deadline = System.nanoTime() + limit.toNanos();
        Process process = builder.start();
        process.getOutputStream().close();
        StringBuilder output = new StringBuilder();
        InputStream stream = process.getInputStream();
        String end = "";
        while (process.isAlive() && end.isEmpty()) {
            drain(stream, output);
            end = reasonToEnd(deadline);
        }
        drain(stream, output);
        if (!end.isEmpty()) {
            OwnGroup.kill(process);
            LOG.warn("callback {} was ended: {}", command.name(), end);
        }
        report(command, process, output, end.isEmpty());
    }

    /** Waits a moment for another command; why the running one has to end, or empty text. */
    private String reasonToEnd(long deadline) {
        LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
        synchronized (this) {
            if (!pending.isEmpty()) {
                return "the next callback is due";
            }
        }
        return System.nanoTime() - deadline > 0 ? "it took longer than " + limit.toSeconds() + " s" : "";
    }

    /** Takes what can be had without waiting: a child that keeps the pipe open must not hold us. */
    private static void drain(InputStream stream, StringBuilder output) throws IOException {
        byte[] buffer = new byte[4096];
        for (int available = stream.available(); available > 0; available = stream.available()) {
            int count = stream.read(buffer, 0, Math.min(buffer.length, available));
            if (count < 0) {
                return;
            }
            if (output.length() < MAX_OUTPUT) {
                int kept = Math.min(count, MAX_OUTPUT - output.length());
                output.append(new String(buffer, 0, kept, StandardCharsets.UTF_8));
            }
        }
    }

    private static void report(Command command, Process process, StringBuilder output, boolean ended)
            throws InterruptedException {
        String text = output.toString().strip();
        if (!text.isEmpty()) {
            LOG.info("callback {}: {}", command.name(), text);
        }
        if (ended && process.waitFor() != 0) {
            LOG.warn("callback {} ended with exit code {}", command.name(), process.exitValue());
        }
    }
}
