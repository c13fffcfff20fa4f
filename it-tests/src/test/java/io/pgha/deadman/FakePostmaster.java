package io.pgha.deadman;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A shell with two children, one of which has a child of its own. */
final class FakePostmaster implements AutoCloseable {
    private static final String TREE = "sleep 600 & sh -c 'sleep 600 & wait' & wait";

    private final Process process;
    private final List<ProcessHandle> tree;

    private FakePostmaster(String script) throws IOException {
        process = new ProcessBuilder("sh", "-c", script).start();
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> process.descendants().count() == 3);
        tree = process.descendants().toList();
    }

    /** Ends by SIGQUIT; its children go on until they are killed. */
    static FakePostmaster start() throws IOException {
        return new FakePostmaster(TREE);
    }

    static FakePostmaster deafToSigquit() throws IOException {
        return new FakePostmaster("trap '' QUIT; " + TREE);
    }

    long pid() {
        return process.pid();
    }

    long startTicks() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
    }

    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        assertThat(kill.waitFor(10, SECONDS)).isTrue();
    }

    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether nothing of it runs any more; an orphan that nobody has reaped yet has ended, too. */
    boolean isGoneWithAllItsChildren() {
        return !process.isAlive() && tree.stream().allMatch(FakePostmaster::hasEnded);
    }

    private static boolean hasEnded(ProcessHandle handle) {
        try {
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return !handle.isAlive();
        }
    }

    @Override
    public void close() {
        tree.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
