package io.pgha.postgres.process;

import io.pgha.core.model.Postmaster;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a postmaster that outlives this process: in a session of its own, so that no terminal signal reaches it, and
 * as a child of init (facts §6.2).
 */
public final class PostmasterStart {
    private static final Logger log = LoggerFactory.getLogger(PostmasterStart.class);
    private static final Duration FORK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(1);
    /**
     * A background command of a shell is no leader of a process group, so that setsid needs no further fork: its number
     * is the postmaster's. The shell tells it and ends, which makes the postmaster init's child.
     */
    private static final String DETACH = "setsid \"$@\" >&2 & echo $!";

    private final ServerAccount account;
    private final Redirect serverOutput;

    /**
     * A starter.
     *
     * @param serverOutput where the server's messages go until its own logging takes over; must not be a pipe that this
     *     process reads, for the server outlives it
     */
    public PostmasterStart(ServerAccount account, Redirect serverOutput) {
        this.account = account;
        this.serverOutput = serverOutput;
    }

    /** The file that is the server's standard error, where it is one. */
    public Optional<Path> standardError() {
        File given = serverOutput.file();
        if (given == null && serverOutput.type() != Redirect.Type.INHERIT) {
            return Optional.empty();
        }
        try {
            Path file = given == null ? Path.of("/proc/self/fd/2").toRealPath() : given.toPath();
            return Optional.of(file).filter(Files::isRegularFile);
        } catch (IOException e) {
            return Optional.empty(); // a pipe or a socket: the journal's, for example
        }
    }

    /**
     * Starts it and returns at once; the server is not ready yet, and may still give up.
     *
     * @throws IOException when there is not even a process
     */
    public Postmaster start(List<String> command, Map<String, String> environment) throws IOException {
        List<String> detached = new ArrayList<>(List.of("sh", "-c", DETACH, "pgha"));
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(account.command(detached));
        CleanEnvironment.clean(builder.environment());
        builder.environment().putAll(environment);
        Process fork = builder.redirectInput(new File("/dev/null"))
                .redirectError(serverOutput)
                .start();
        try {
            long pid = readPid(fork);
            return new Postmaster(
                    pid, ProcessTable.find(pid).map(ProcessEntry::startTicks).orElse(0L));
        } finally {
            fork.getInputStream().close();
        }
    }

    private static long readPid(Process fork) throws IOException {
        StringBuilder line = new StringBuilder();
        byte[] chunk = new byte[32];
        Deadline deadline = Deadline.after(FORK_TIMEOUT);
        do {
            int waiting = fork.getInputStream().available();
            if (waiting > 0) {
                int read = fork.getInputStream().read(chunk, 0, Math.min(waiting, chunk.length));
                line.append(new String(chunk, 0, Math.max(0, read), StandardCharsets.US_ASCII));
            } else if (!fork.isAlive() && fork.exitValue() != 0) {
                throw new IOException("sh ended with exit code " + fork.exitValue());
            }
            int end = line.indexOf("\n");
            if (end > 0) {
                log.debug("process {} becomes the postmaster", line.substring(0, end));
                return Long.parseLong(line.substring(0, end));
            }
        } while (!deadline.passed() && deadline.pause(POLL));
        fork.destroyForcibly();
        throw new IOException("no process was started within " + FORK_TIMEOUT.toSeconds() + " s");
    }
}
