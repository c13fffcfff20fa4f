package io.pgha.deadman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 4 of "Time and the lock": a primary whose agent has gone quiet is stopped by the dead-man. */
@Tag("real")
class DeadManTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Duration LATER = Duration.ofSeconds(60);

    @TempDir
    static Path programs;

    private static Path program = Path.of("not-compiled");

    @TempDir
    Path directory;

    private FakePostmaster postmaster;
    private DeadMan deadMan;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "cc is not installed");
        program = DeadMan.compile(programs);
    }

    @BeforeEach
    void start() throws IOException {
        postmaster = FakePostmaster.start();
        deadMan = DeadMan.start(program, lock());
    }

    @AfterEach
    void stop() {
        deadMan.close();
        postmaster.close();
    }

    @Test
    void aPostmasterWhoseDeadlineHasPassedIsStoppedWithAllItsChildren() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.expect("fired");
        deadMan.expect("stopped");
        assertThat(postmaster.isGoneWithAllItsChildren()).isTrue();
        deadMan.ask("ping 2", "pong 2");
    }

    @Test
    void aDeadlineThatWasRenewedInTimeDoesNotFire() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.arm(2, postmaster, LATER);
        assertStaysAliveFor(SOON.plusMillis(200));
    }

    @Test
    void aDisarmedDeadManDoesNotFire() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.ask("disarm 2", "disarmed 2");
        assertStaysAliveFor(SOON.plusMillis(200));
    }

    @Test
    void aPostmasterWhoseAgentDiedIsStoppedAtItsDeadline() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.agentDies();
        assertThat(deadMan.exitStatus()).isEqualTo(3);
        assertThat(postmaster.isGoneWithAllItsChildren()).isTrue();
    }

    @Test
    void anUnarmedDeadManEndsWithItsAgentAndTouchesNothing() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.ask("disarm 2", "disarmed 2");
        deadMan.agentDies();
        assertThat(deadMan.exitStatus()).isZero();
        assertThat(postmaster.isAlive()).isTrue();
    }

    @Test
    void aCommandThatWasCutOffByTheDeathOfTheAgentIsNotObeyed() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.ask("disarm 2", "disarmed 2");
        deadMan.sayWithoutNewline(DeadMan.armLine(3, postmaster, SOON));
        deadMan.agentDies();
        assertThat(deadMan.exitStatus()).isZero();
    }

    @Test
    void aLonelyDeadManEndsWhenItsPostmasterHasEnded() throws Exception {
        deadMan.arm(1, postmaster, LATER);
        deadMan.agentDies();
        postmaster.kill();
        assertThat(deadMan.exitStatus()).isZero();
    }

    @Test
    void aPostmasterThatIgnoresSigquitIsKilled() throws Exception {
        try (FakePostmaster deaf = FakePostmaster.deafToSigquit()) {
            deadMan.arm(1, deaf, SOON);
            deadMan.expect("stopped");
            assertThat(deaf.isGoneWithAllItsChildren()).isTrue();
        }
    }

    @Test
    void aFrozenPostmasterIsStopped() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        postmaster.freeze();
        deadMan.expect("stopped");
        assertThat(postmaster.isGoneWithAllItsChildren()).isTrue();
    }

    @Test
    void anAgentThatDoesNotReadCannotKeepItFromFiring() throws Exception {
        try (DeadMan unheard = DeadMan.startUnheard(program, directory.resolve("unheard"))) {
            for (int i = 0; i < 20_000; i++) {
                unheard.say("ping " + i);
            }
            unheard.say(DeadMan.armLine(1, postmaster, SOON));
            await().atMost(Duration.ofSeconds(10)).until(postmaster::isGoneWithAllItsChildren);
        }
    }

    @Test
    void aProcessThatOnlyHasTheSameNumberIsLeftAlone() throws Exception {
        long deadline = System.nanoTime() / 1_000_000;
        deadMan.ask(
                "arm 1 " + deadline + " " + postmaster.pid() + " " + (postmaster.startTicks() + 1) + " /data",
                "armed 1");
        deadMan.expect("expired 1");
        assertStaysAliveFor(Duration.ofMillis(200));
    }

    @Test
    void whoeverIsPostmasterOfTheDataDirectoryIsStoppedWhenNobodyWasNamed() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Process sleeper =
                new ProcessBuilder("sleep", "60").directory(data.toFile()).start();
        Files.writeString(data.resolve("postmaster.pid"), sleeper.pid() + "\n" + data + "\n");
        long deadline = System.nanoTime() / 1_000_000 + 200;
        deadMan.ask("arm 1 " + deadline + " 0 0 " + data, "armed 1");
        deadMan.expect("stopped");
        await().atMost(Duration.ofSeconds(5)).until(() -> !sleeper.isAlive());
    }

    @Test
    void aPostmasterThatWorksInAnotherDirectoryIsNotStopped() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("postmaster.pid"), postmaster.pid() + "\n" + data + "\n");
        long deadline = System.nanoTime() / 1_000_000;
        deadMan.ask("arm 1 " + deadline + " 0 0 " + data, "armed 1");
        deadMan.expect("expired 1");
        assertStaysAliveFor(Duration.ofMillis(200));
    }

    @Test
    void aDeadlineWhoseProcessHasEndedMeanwhileExpires() throws Exception {
        deadMan.arm(7, postmaster, SOON);
        postmaster.kill();
        deadMan.expect("expired 7");
        deadMan.ask("ping 8", "pong 8");
    }

    @Test
    void theEndOfAWatchedProcessIsReported() throws Exception {
        long start = postmaster.startTicks();
        deadMan.ask("watch " + postmaster.pid() + " " + start, "watching " + postmaster.pid());
        postmaster.kill();
        deadMan.expect("exited " + postmaster.pid());
        deadMan.ask("watch " + postmaster.pid() + " " + start, "exited " + postmaster.pid());
    }

    @Test
    void aSuccessorReleasesItsPredecessorOnlyOnceItIsArmed() throws Exception {
        deadMan.arm(1, postmaster, LATER);
        deadMan.agentDies();
        try (DeadMan successor = DeadMan.start(program, lock())) {
            successor.ask("ping 1", "pong 1");
            assertThat(deadMan.isAlive()).isTrue();
            assertThat(Files.readAllLines(lock())).hasSize(2).first().asString().startsWith(successor.pid() + " ");
            successor.arm(2, postmaster, LATER);
            assertThat(deadMan.exitStatus()).isZero();
            assertThat(postmaster.isAlive()).isTrue();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> Files.readAllLines(lock()).size() == 1);
        }
    }

    @Test
    void thePredecessorStillFiresWhenTheSuccessorDiesUnarmed() throws Exception {
        deadMan.arm(1, postmaster, Duration.ofSeconds(1));
        deadMan.agentDies();
        try (DeadMan successor = DeadMan.start(program, lock())) {
            successor.ask("ping 1", "pong 1");
            successor.agentDies();
            assertThat(successor.exitStatus()).isZero();
        }
        assertThat(deadMan.exitStatus()).isEqualTo(3);
        assertThat(postmaster.isGoneWithAllItsChildren()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "arm",
                "arm 1 2 3 4",
                "arm 1 2 3 4 5 6",
                "arm x 2 3 4 /d",
                "arm 1 -2 3 4 /d",
                "arm 1 99999999999999999999999999 3 4 /d",
                "arm 1 9999999999999999 3 4 /d",
                "arm 1 2 0 4 /d",
                "arm 1 2 1 4 /d",
                "arm 1 2 99999999999 4 /d",
                "arm 1 2 3 4 %zz",
                "arm 1 2 3 4 %4",
                "disarm",
                "disarm one",
                "watch 1 1",
                "watch a b",
                "ping",
                "ping -1",
                "ARM 1 2 3 4 /d",
                "quit now",
                "\u0007\u001b[2J",
                "%s%s%n%n"
            })
    void aLineThatMakesNoSenseIsRefusedAndTheNextOneObeyed(String line) throws Exception {
        deadMan.ask(line, "error");
        deadMan.ask("ping 5", "pong 5");
    }

    @Test
    void anEndlessLineIsRefusedAndTheNextOneObeyed() throws Exception {
        deadMan.ask("arm " + "9".repeat(1_000_000), "error line too long");
        deadMan.ask("ping 5", "pong 5");
    }

    @Test
    void quitEndsItEvenWhenItIsArmed() throws Exception {
        deadMan.arm(1, postmaster, SOON);
        deadMan.say("quit");
        assertThat(deadMan.exitStatus()).isZero();
        assertThat(postmaster.isAlive()).isTrue();
    }

    @Test
    void aLockFileThatIsALinkIsNotFollowed() throws Exception {
        Path victim = Files.writeString(directory.resolve("precious"), "data");
        Path link = Files.createSymbolicLink(directory.resolve("link"), victim);
        try (DeadMan refused = DeadMan.start(program, link)) {
            assertThat(refused.exitStatus()).isEqualTo(2);
        }
        assertThat(victim).hasContent("data");
    }

    @Test
    void itIsSmall() throws Exception {
        deadMan.arm(1, postmaster, LATER);
        assertThat(deadMan.status())
                .filteredOn(line -> line.startsWith("RssAnon:"))
                .singleElement()
                .satisfies(line -> assertThat(Integer.parseInt(line.replaceAll("\\D", "")))
                        .as("KiB of its own")
                        .isLessThan(1500));
    }

    private Path lock() {
        return directory.resolve("deadman.pid");
    }

    private void assertStaysAliveFor(Duration time) {
        await().during(time).atMost(time.plusSeconds(5)).until(postmaster::isAlive);
    }
}
