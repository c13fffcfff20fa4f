package io.pgha.agent.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running {@code pgha-deadman}: lines to its stdin, replies from its stdout (the head of {@code pgha-deadman.c} says which).
 * It has its own session and outlives us while it is armed. Its stderr is ours, so that it can still be read when we are gone.
 */
final class DeadManProcess {
    private static final Logger LOG = LoggerFactory.getLogger(DeadManProcess.class);
    private static final int MAX_QUEUE = 64;
    private static final String GONE = "";

    private final Process process;
    private final OutputStream commands;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>(MAX_QUEUE);
    private final long startedNanos = System.nanoTime();
    private long sequence;

    private DeadManProcess(Process process) {
        this.process = process;
        this.commands = process.getOutputStream();
    }

    /**
     * Starts one.
     *
     * @param program the executable
     * @param lockFile absolute path
     * @param onExit told, on a thread of its own, when it has ended
     * @throws IOException when it cannot be started
     */
    static DeadManProcess start(Path program, Path lockFile, Consumer<DeadManProcess> onExit) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--lock", lockFile.toString());
        builder.environment().clear();
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        DeadManProcess started = new DeadManProcess(builder.start());
        DaemonThread.start("dead-man", () -> started.listen(onExit));
        return started;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @param verb the command
     * @param arguments what follows the sequence number; may be empty text
     * @return the reply to this command, an {@code error …} line included; empty when none came in time
     */
    synchronized Optional<String> request(String verb, String arguments, Duration limit) {
        long number = ++sequence;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            commands.write(line(verb + " " + number + (arguments.isEmpty() ? "" : " " + arguments)));
            commands.flush();
            while (true) {
                long left = deadline - System.nanoTime();
                String reply = left > 0 ? replies.poll(left, TimeUnit.NANOSECONDS) : null;
                if (reply == null || reply.equals(GONE)) {
                    return Optional.empty();
                }
                if (belongsTo(reply, verb, number)) {
                    return Optional.of(reply);
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether it ends now, or has ended. Waits a moment, for one whose output has ended. */
    boolean isEnding() {
        try {
            return process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Tells it to end, armed or not. Does not wait. */
    void quit() {
        try {
            commands.write(line("quit"));
            commands.flush();
        } catch (IOException e) {
            LOG.debug("the dead-man has ended already: {}", e.getMessage());
        }
    }

    /** Ends it even when it is frozen. */
    void kill() {
        process.destroyForcibly();
    }

    private static boolean belongsTo(String reply, String verb, long number) {
        return (reply.endsWith(" " + number) && !reply.startsWith("error"))
                || reply.startsWith("error " + verb + " " + number + ":")
                || reply.startsWith("error " + verb + ":")
                || reply.equals("error unknown command");
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private void listen(Consumer<DeadManProcess> onExit) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals("fired")) {
                    LOG.error("the dead-man stops PostgreSQL: the leader lock was not proven again in time");
                } else if (line.equals("stopped")) {
                    LOG.error("the dead-man has stopped PostgreSQL");
                } else if (!replies.offer(line)) {
                    LOG.warn("the dead-man says too much: {}", line);
                }
            }
        } catch (IOException e) {
            LOG.debug("the dead-man's output ended: {}", e.getMessage());
        }
        if (!replies.offer(GONE)) {
            LOG.debug("the dead-man ended with unread replies");
        }
        onExit.accept(this);
    }
}
