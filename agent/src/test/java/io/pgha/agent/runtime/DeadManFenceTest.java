package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.pgha.core.model.MonotonicTime;
import io.pgha.core.model.Postmaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real program, compiled here, with a sleeping process in the postmaster's place. */
@Tag("real")
class DeadManFenceTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path build;

    private static Path program;

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();
    private final SystemClock clock = new SystemClock();
    private Path lockFile;
    private DeadManFence fence;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        Path source =
                Path.of("..", "dist", "src", "main", "c", "pgha-deadman.c").toAbsolutePath();
        assumeThat(source).as("source of the dead-man").exists();
        assumeThat(Path.of("/usr/bin/cc")).as("C compiler").exists();
        program = build.resolve("pgha-deadman");
        Process compiler = new ProcessBuilder("/usr/bin/cc", "-O1", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(compiler.exitValue()).isZero();
    }

    @BeforeEach
    void begin() {
        lockFile = folder.resolve("demo-pg0.deadman");
        fence = new DeadManFence(Optional.of(program), lockFile, folder, clock);
    }

    @AfterEach
    void end() {
        fence.close();
        started.forEach(Process::destroyForcibly);
        // The last one takes itself out of the lock file, which must not happen while the folder is being deleted.
        await().atMost(SOON).until(() -> !Files.exists(lockFile) || Files.size(lockFile) == 0);
    }

    @Test
    void armedItStopsThePostmasterAtTheDeadline() throws IOException {
        Process postmaster = postmaster();
        assertThat(fence.arm(in(300), identity(postmaster))).isTrue();
        assertThat(fence.status().armed()).isTrue();
        assertThat(fence.status().detail()).startsWith("dead-man pid ");
        await().atMost(SOON).until(() -> !postmaster.isAlive());
        assertThat(fence.status().armed()).isFalse();
    }

    @Test
    void eachRenewalMovesTheDeadline() throws IOException {
        Process postmaster = postmaster();
        Process other = postmaster();
        assertThat(fence.arm(in(400), identity(postmaster))).isTrue();
        assertThat(fence.arm(in(60_000), identity(postmaster))).isTrue();
        DeadManFence second = new DeadManFence(Optional.of(program), folder.resolve("other"), folder, clock);
        assertThat(second.arm(in(800), identity(other))).isTrue();
        await().atMost(SOON).until(() -> !other.isAlive());
        assertThat(postmaster.isAlive()).isTrue();
        second.close();
    }

    @Test
    void disarmedItStopsNobody() throws IOException {
        Process postmaster = postmaster();
        Process other = postmaster();
        assertThat(fence.arm(in(500), identity(postmaster))).isTrue();
        fence.disarm();
        fence.disarm();
        assertThat(fence.status().armed()).isFalse();
        DeadManFence second = new DeadManFence(Optional.of(program), folder.resolve("other"), folder, clock);
        assertThat(second.arm(in(700), identity(other))).isTrue();
        await().atMost(SOON).until(() -> !other.isAlive());
        assertThat(postmaster.isAlive()).isTrue();
        second.close();
    }

    @Test
    void killedItIsReplacedAtOnceAndStillGuards() throws IOException {
        Process postmaster = postmaster();
        assertThat(fence.arm(in(4_000), identity(postmaster))).isTrue();
        long first = pid();
        // Younger than a second it would count as broken and wait for the next renewal.
        await().pollDelay(Duration.ofMillis(1100)).until(() -> true);
        ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(SOON).until(() -> fence.status().armed() && pid() != first);
        await().atMost(SOON).until(() -> !postmaster.isAlive());
    }

    @Test
    void frozenItCountsAsSilentAndIsReplaced() throws IOException, InterruptedException {
        Process postmaster = postmaster();
        assertThat(fence.arm(in(60_000), identity(postmaster))).isTrue();
        long first = pid();
        signal("STOP", first);
        assertThat(fence.arm(in(60_000), identity(postmaster))).isTrue();
        assertThat(pid()).isNotEqualTo(first);
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(first).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void theSuccessorOfAnAgentReleasesWhatItsPredecessorArmed() throws IOException {
        Process postmaster = postmaster();
        DeadManFence predecessor = new DeadManFence(Optional.of(program), lockFile, folder, clock);
        assertThat(predecessor.arm(in(60_000), identity(postmaster))).isTrue();
        long old = Long.parseLong(predecessor.status().detail().replaceAll("\\D", ""));
        predecessor.detach();
        assertThat(fence.arm(in(60_000), identity(postmaster))).isTrue();
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(old).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(fence.status().armed()).isTrue();
    }

    @Test
    void aPredecessorThatWasFrozenDoesNotFireWhenItIsThawed() throws IOException, InterruptedException {
        Process postmaster = postmaster();
        DeadManFence predecessor = new DeadManFence(Optional.of(program), lockFile, folder, clock);
        assertThat(predecessor.arm(in(1_000), identity(postmaster))).isTrue();
        long old = Long.parseLong(predecessor.status().detail().replaceAll("\\D", ""));
        predecessor.detach();
        signal("STOP", old);
        assertThat(fence.arm(in(60_000), identity(postmaster))).isTrue();
        long thaw = System.nanoTime() + Duration.ofMillis(1_200).toNanos();
        await().atMost(SOON).until(() -> System.nanoTime() - thaw > 0);
        signal("CONT", old);
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(old).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(postmaster.isAlive()).isTrue();
    }

    @Test
    void aSuccessorThatDoesNotLeadReleasesItToo() throws IOException {
        Process postmaster = postmaster();
        DeadManFence predecessor = new DeadManFence(Optional.of(program), lockFile, folder, clock);
        assertThat(predecessor.arm(in(60_000), identity(postmaster))).isTrue();
        long old = Long.parseLong(predecessor.status().detail().replaceAll("\\D", ""));
        predecessor.detach();
        fence.disarm();
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(old).filter(ProcessHandle::isAlive).isEmpty());
        assertThat(postmaster.isAlive()).isTrue();
    }

    @Test
    void whoeverFollowsAPostmasterThatIsGoneIsGuarded() throws IOException {
        Process postmaster = postmaster();
        Postmaster identity = identity(postmaster);
        postmaster.destroyForcibly();
        await().atMost(SOON).until(() -> !postmaster.isAlive());
        assertThat(fence.arm(in(60_000), identity)).isTrue();
    }

    @Test
    void withoutTheProgramItIsNotArmedAndSaysWhatToDo() throws IOException {
        DeadManFence none = new DeadManFence(Optional.empty(), lockFile, folder, clock);
        assertThat(none.selfTest()).isPresent();
        assertThat(none.arm(in(1000), identity(postmaster()))).isFalse();
        assertThat(none.status().armed()).isFalse();
        assertThat(none.status().detail()).contains("PGHA_DEADMAN");
    }

    @Test
    void aLockFileThatCannotBeWrittenIsNamed() throws IOException {
        DeadManFence broken = new DeadManFence(Optional.of(program), folder.resolve("no/such/folder/x"), folder, clock);
        assertThat(broken.selfTest()).isPresent();
        assertThat(broken.arm(in(1000), identity(postmaster()))).isFalse();
        await().atMost(SOON).until(() -> broken.status().detail().contains("no/such/folder"));
    }

    private long pid() {
        String digits = fence.status().detail().replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private MonotonicTime in(long millis) {
        return clock.now().plus(Duration.ofMillis(millis));
    }

    private Process postmaster() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        started.add(process);
        return process;
    }

    private static Postmaster identity(Process process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return new Postmaster(
                process.pid(),
                Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
