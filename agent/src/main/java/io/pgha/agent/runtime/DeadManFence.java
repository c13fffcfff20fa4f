package io.pgha.agent.runtime;

import io.pgha.agent.port.Fence;
import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import io.pgha.core.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fence made of {@code pgha-deadman} (design "Time and the lock", rule 4).
 *
 * <p>There is no moment without a guard: a successor is armed before its predecessor is let go, whether that is one of ours that
 * does not answer or the one that an earlier agent left behind (the program itself does the latter, by its lock file).
 */
final class DeadManFence implements Fence {
    /** How long a reply may take; then it counts as not armed. */
    static final Duration REPLY_LIMIT = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(DeadManFence.class);
    private static final Duration TOO_YOUNG_TO_DIE = Duration.ofSeconds(1);

    private final Optional<Path> program;
    private final Path lockFile;
    private final String dataDir;
    private final Clock clock;

    private @Nullable DeadManProcess current;
    private @Nullable Order order;
    private boolean settled;
    private String problem = "";

    /** What it has been told last. */
    private record Order(MonotonicTime deadline, Postmaster postmaster) {}

    /**
     * @param program where it is; empty: not installed
     * @param lockFile absolute path, in a folder that we may write
     * @param dataDir for its messages
     */
    DeadManFence(Optional<Path> program, Path lockFile, Path dataDir, Clock clock) {
        this.program = program;
        this.lockFile = lockFile;
        this.dataDir = PercentEncoding.ofPath(dataDir.toAbsolutePath().toString());
        this.clock = clock;
    }

    @Override
    public synchronized boolean arm(MonotonicTime deadline, Postmaster postmaster) {
        Order wanted = new Order(deadline, postmaster);
        DeadManProcess process = living();
        if (process == null) {
            return false;
        }
        Optional<String> reply = order(process, wanted);
        if (reply.isEmpty()) {
            reply = replace(process, wanted);
        }
        return reply.filter(text -> accept(text, wanted)).isPresent();
    }

    @Override
    public synchronized void disarm() {
        order = null;
        if (settled) {
            return;
        }
        if (current == null && !leftBehind()) {
            settled = true;
            return;
        }
        DeadManProcess process = living();
        if (process != null) {
            Optional<String> reply = process.request("disarm", "", REPLY_LIMIT);
            settled = reply.filter(text -> text.startsWith("disarmed")).isPresent();
            if (reply.isEmpty()) {
                // Frozen, it would stop an innocent PostgreSQL when it is thawed.
                LOG.warn("the dead-man (pid {}) does not answer and is killed", process.pid());
                process.kill();
                current = null;
            }
        }
    }

    @Override
    public synchronized FenceStatus status() {
        DeadManProcess process = current;
        if (process != null && process.isAlive() && order != null && clock.now().isBefore(order.deadline())) {
            return new FenceStatus(true, "dead-man pid " + process.pid());
        }
        if (!problem.isEmpty()) {
            return new FenceStatus(false, problem);
        }
        return new FenceStatus(false, "the dead-man guards nothing: this node does not lead");
    }

    /**
     * Whether it could be armed, found out by asking it.
     *
     * @return what is wrong and what to do about it; empty when all is well
     */
    synchronized Optional<String> selfTest() {
        DeadManProcess process = living();
        if (process != null && process.request("ping", "", REPLY_LIMIT).isEmpty()) {
            problem = silence(process);
            process.kill();
            current = null;
        }
        return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
    }

    /** Lets it go at the end of an agent that leads no more. */
    synchronized void close() {
        disarm();
        DeadManProcess process = current;
        current = null;
        if (process != null) {
            process.quit();
        }
    }

    /** Leaves it as it is, armed or not, for the agent that comes after this one. */
    synchronized void detach() {
        current = null;
        order = null;
    }

    private Optional<String> order(DeadManProcess process, Order wanted) {
        String arguments = wanted.deadline().nanos() / 1_000_000
                + " " + wanted.postmaster().pid()
                + " " + wanted.postmaster().startTicks()
                + " " + dataDir;
        return process.request("arm", arguments, REPLY_LIMIT);
    }

    /** The old one keeps its earlier deadline until the new one has confirmed. */
    private Optional<String> replace(DeadManProcess silent, Order wanted) {
        LOG.warn("the dead-man (pid {}) does not answer and is replaced", silent.pid());
        DeadManProcess successor = start();
        if (successor == null) {
            return Optional.empty();
        }
        Optional<String> reply = order(successor, wanted);
        if (reply.isEmpty()) {
            problem = silence(successor);
            successor.kill();
        } else {
            current = successor;
            silent.kill();
        }
        return reply;
    }

    private String silence(DeadManProcess process) {
        return process.isEnding()
                ? "the dead-man ends as soon as it is started: its message is on our stderr, its lock file is "
                        + lockFile
                : "the dead-man does not answer within " + REPLY_LIMIT.toMillis() + " ms";
    }

    private boolean accept(String reply, Order wanted) {
        boolean armed = reply.startsWith("armed ");
        if (armed) {
            order = wanted;
            settled = false;
            problem = "";
        } else {
            problem = "the dead-man refuses: " + reply;
            LOG.warn("{}", problem);
        }
        return armed;
    }

    private @Nullable DeadManProcess living() {
        if (current == null || !current.isAlive()) {
            current = start();
        }
        return current;
    }

    private @Nullable DeadManProcess start() {
        if (program.isEmpty()) {
            problem = "the program pgha-deadman was not found: reinstall pgha, or set PGHA_DEADMAN to its path";
            return null;
        }
        try {
            DeadManProcess started = DeadManProcess.start(program.get(), lockFile, this::ended);
            problem = "";
            return started;
        } catch (IOException e) {
            problem = "the dead-man cannot be started: " + e.getMessage();
            LOG.error("{}", problem);
            return null;
        }
    }

    /** Called by the listener of a process that has ended. One that guarded something is replaced at once. */
    private synchronized void ended(DeadManProcess process) {
        if (process != current) {
            return;
        }
        current = null;
        settled = false;
        Order wanted = order;
        if (process.age().compareTo(TOO_YOUNG_TO_DIE) < 0) {
            problem = silence(process);
            LOG.error("{}", problem);
        } else if (wanted != null && clock.now().isBefore(wanted.deadline())) {
            LOG.warn("the dead-man (pid {}) has ended: starting another one", process.pid());
            if (!arm(wanted.deadline(), wanted.postmaster())) {
                LOG.error("the dead-man could not be armed again: {}", problem);
            }
        }
    }

    /** Whether the lock file names a dead-man of an earlier agent. */
    private boolean leftBehind() {
        try {
            return Files.isRegularFile(lockFile) && Files.size(lockFile) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
