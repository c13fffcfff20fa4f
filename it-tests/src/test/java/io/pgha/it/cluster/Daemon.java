package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that we started, its output in a file. */
public final class Daemon {
    private final String name;
    private final Process process;
    private final Path log;

    private Daemon(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one as the user who runs PostgreSQL.
     *
     * @param environment added to ours
     * @param folder its working directory
     * @param log is appended to
     */
    public static Daemon start(
            String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
        return startAsUs(name, Machine.asOwner(command), environment, folder, log);
    }

    /** The same as the user that we are: root, perhaps. */
    public static Daemon startAsUs(
            String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // What Maven or a developer's shell has set is not for the programs under test.
        builder.environment().keySet().removeIf(key -> key.startsWith("PATRONI_") || key.startsWith("JAVA_TOOL"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.getParent());
            return new Daemon(name, builder.start(), log);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its output so far. */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + log + ": " + e.getMessage(), e);
        }
    }

    /**
     * Waits for its end.
     *
     * @return its exit status
     * @throws AssertionError when it does not end in time
     */
    public int awaitEnd(Duration limit) {
        Await.until(() -> name + " ends; it said: " + output(), limit, () -> !process.isAlive());
        return process.exitValue();
    }

    /** SIGTERM, and SIGKILL if it has not ended in time. */
    public void stop(Duration limit) {
        signal("CONT", List.of(pid()));
        process.destroy();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    public void kill() {
        signal("KILL", List.of(pid()));
        awaitEnd(Duration.ofSeconds(5));
    }

    public void freeze() {
        signal("STOP", List.of(pid()));
    }

    public void thaw() {
        signal("CONT", List.of(pid()));
    }

    /** One signal to several processes at once; those that have ended already do not matter. */
    static void signal(String signal, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        run(command);
    }

    /** Runs a short command to its end and gives its output. */
    public static String run(List<String> command) {
        return run(command, Map.of());
    }

    /** The same with additions to the environment. */
    public static String run(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException("cannot run " + command + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command, e);
        }
    }
}
