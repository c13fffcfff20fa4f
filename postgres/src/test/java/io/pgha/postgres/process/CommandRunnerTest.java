package io.pgha.postgres.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.JobControl;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CommandRunner runner = new CommandRunner(ServerAccount.own());

    @Test
    void outputAndExitCodeAreTold() {
        CommandOutcome outcome = runner.run(Command.of("sh", "-c", "echo out; echo err >&2; exit 3"), PATIENCE);
        assertThat(outcome).isEqualTo(new CommandOutcome.Exited(3, "out\n", "err\n"));
        assertThat(outcome.complaint()).isEqualTo("exit code 3: err");
    }

    @Test
    void aChildThatTalksTooMuchFillsNoHeap() {
        CommandOutcome outcome = runner.run(Command.of("sh", "-c", "yes | head -c 3000000; echo the end"), PATIENCE);
        assertThat(outcome.output().length()).isLessThan(200_000);
        assertThat(outcome.output()).endsWith("the end\n");
    }

    @Test
    void aLateChildIsEnded() {
        assertThat(runner.run(Command.of("sleep", "60"), Duration.ofMillis(50)))
                .isEqualTo(new CommandOutcome.TimedOut());
    }

    @Test
    void aCancelledOrderDoesNotEvenStart() {
        JobControl cancelled = new JobControl() {
            @Override
            public boolean cancelled() {
                return true;
            }

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }

            @Override
            public void progress(String text) {}
        };
        assertThat(runner.run(Command.of("true"), PATIENCE, cancelled)).isEqualTo(new CommandOutcome.Cancelled());
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThat(runner.run(Command.of("/nonesuch/program"), PATIENCE).complaint())
                .contains("/nonesuch/program");
    }

    @Test
    void aTreeIsKilledWithItsRoot() throws Exception {
        Process root = new ProcessBuilder("sh", "-c", "sleep 60 & sleep 60 & wait").start();
        Deadline.after(PATIENCE)
                .waitUntil(
                        Duration.ofMillis(5),
                        () -> ProcessTable.descendants(root.pid()).size() == 2);
        List<ProcessEntry> children = ProcessTable.descendants(root.pid());
        assertThat(ProcessTree.kill(root.pid(), 0, PATIENCE)).isTrue();
        assertThat(children).hasSize(2).noneMatch(child -> ProcessTable.runs(child.pid(), child.startTicks()));
    }

    @Test
    void lastWordsAreOneLineWithoutControlCharacters() {
        assertThat(LastWords.of("a\nb\u001b[31m\n\nc\n")).isEqualTo("a | b [31m | c");
        assertThat(LastWords.of("x".repeat(5000)).length()).isLessThan(700);
    }
}
