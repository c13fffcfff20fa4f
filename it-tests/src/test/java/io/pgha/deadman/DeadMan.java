package io.pgha.deadman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A running {@code pgha-deadman} and the agent's end of its pipes. */
final class DeadMan implements AutoCloseable {
    private final Process process;
    private final OutputStream commands;
    private final Queue<String> replies = new ConcurrentLinkedQueue<>();

    private DeadMan(Process process, boolean listening) {
        this.process = process;
        this.commands = process.getOutputStream();
        if (listening) {
            Thread reader = new Thread(this::readReplies, "dead-man replies");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** Compiles the program as strictly as the build does. */
    static Path compile(Path directory) throws IOException, InterruptedException {
        Path source = Path.of("..", "dist", "src", "main", "c", "pgha-deadman.c");
        Path program = directory.resolve("pgha-deadman");
        Process compiler = new ProcessBuilder(
                        "cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor(60, SECONDS)).isTrue();
        assertThat(compiler.exitValue()).isZero();
        return program;
    }

    static DeadMan start(Path program, Path lock) throws IOException {
        return new DeadMan(launch(program, lock), true);
    }

    /** One whose replies nobody reads, as with a frozen agent. */
    static DeadMan startUnheard(Path program, Path lock) throws IOException {
        return new DeadMan(launch(program, lock), false);
    }

    private static Process launch(Path program, Path lock) throws IOException {
        return new ProcessBuilder(program.toString(), "--lock", lock.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    void say(String line) throws IOException {
        sayWithoutNewline(line + "\n");
    }

    void sayWithoutNewline(String text) throws IOException {
        commands.write(text.getBytes(UTF_8));
        commands.flush();
    }

    void ask(String line, String expected) throws IOException {
        say(line);
        expect(expected);
    }

    /** Waits for that reply; those before it are passed over. */
    void expect(String expected) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .alias("reply '" + expected + "'")
                .until(() -> {
                    String reply = replies.poll();
                    while (reply != null && !reply.startsWith(expected)) {
                        reply = replies.poll();
                    }
                    return reply != null;
                });
    }

    void arm(long seq, FakePostmaster postmaster, Duration remaining) throws IOException {
        ask(armLine(seq, postmaster, remaining), "armed " + seq);
    }

    static String armLine(long seq, FakePostmaster postmaster, Duration remaining) throws IOException {
        long deadline = System.nanoTime() / 1_000_000 + remaining.toMillis();
        return "arm " + seq + " " + deadline + " " + postmaster.pid() + " " + postmaster.startTicks()
                + " /var/lib/a%20b";
    }

    /** What a kill of the agent looks like from here. */
    void agentDies() throws IOException {
        commands.close();
    }

    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(10, SECONDS)).as("the dead-man exits").isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    List<String> status() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status"));
    }

    private void readReplies() {
        try (BufferedReader reader = process.inputReader(UTF_8)) {
            reader.lines().forEach(replies::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            replies.add("closed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
