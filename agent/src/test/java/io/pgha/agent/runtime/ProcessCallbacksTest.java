package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pgha.agent.port.Callbacks.Action;
import io.pgha.core.model.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessCallbacksTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final Map<String, String> commands = new HashMap<>();
    private ProcessCallbacks callbacks;
    private Path calls;

    @BeforeEach
    void configure() {
        calls = folder.resolve("calls");
        callbacks = new ProcessCallbacks("the 'scope'; x", () -> commands, Duration.ofSeconds(30));
    }

    @Test
    void actionRoleAndScopeAreTheLastArguments() throws IOException {
        commands.put("on_role_change", script("printf '%s|' \"$@\" >" + calls) + " --flag 'two words'");
        callbacks.fire(Action.ON_ROLE_CHANGE, Role.PROMOTED);
        await().atMost(SOON).until(() -> text(calls).endsWith("x|"));
        assertThat(text(calls)).isEqualTo("--flag|two words|on_role_change|primary|the 'scope'; x|");
    }

    @Test
    void withoutACommandNothingHappens() {
        callbacks.fire(Action.ON_START, Role.REPLICA);
        commands.put("on_start", "  ");
        callbacks.fire(Action.ON_START, Role.REPLICA);
        assertThat(calls).doesNotExist();
    }

    @Test
    void aNewOneEndsTheRunningOneWithItsChildren() throws IOException {
        Path child = folder.resolve("child");
        commands.put("on_start", script("sleep 600 & echo $! >" + child + "; wait"));
        commands.put("on_stop", script("echo stop >>" + calls));
        callbacks.fire(Action.ON_START, Role.PRIMARY);
        await().atMost(SOON).until(() -> !text(child).isBlank());
        long pid = Long.parseLong(text(child).strip());
        callbacks.fire(Action.ON_STOP, Role.PRIMARY);
        await().atMost(SOON).until(() -> text(calls).contains("stop"));
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aReloadDoesNotEndAnotherCallback() throws IOException {
        Path go = folder.resolve("go");
        commands.put("on_start", script("while [ ! -e " + go + " ]; do sleep 0.05; done; echo start >>" + calls));
        commands.put("on_reload", script("echo reload >>" + calls));
        callbacks.fire(Action.ON_START, Role.PRIMARY);
        callbacks.fire(Action.ON_RELOAD, Role.PRIMARY);
        await().atMost(SOON).until(() -> text(calls).contains("reload"));
        Files.createFile(go);
        await().atMost(SOON).until(() -> text(calls).contains("start"));
    }

    @Test
    void oneThatTakesTooLongIsEnded() throws IOException {
        Path pidFile = folder.resolve("pid");
        commands.put("on_start", script("echo $$ >" + pidFile + "; exec sleep 600"));
        new ProcessCallbacks("s", () -> commands, Duration.ofMillis(300)).fire(Action.ON_START, Role.PRIMARY);
        await().atMost(SOON).until(() -> !text(pidFile).isBlank());
        long pid = Long.parseLong(text(pidFile).strip());
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void aMissingProgramAndEndlessOutputDoNoHarm() throws IOException {
        commands.put("on_start", "/does/not/exist");
        commands.put("on_stop", script("yes | head -c 3000000; echo done >" + calls));
        callbacks.fire(Action.ON_START, Role.PRIMARY);
        callbacks.fire(Action.ON_STOP, Role.PRIMARY);
        await().atMost(SOON).until(() -> text(calls).contains("done"));
    }

    @Test
    void whatACommandLeftBehindEndsWithIt() throws IOException {
        Path orphan = folder.resolve("orphan");
        // The middle shell is gone at once, so that nobody knows whose child the sleep was.
        commands.put("on_start", script("sh -c 'sleep 600 & echo $! >" + orphan + "'; sleep 600"));
        commands.put("on_stop", script("echo stop >>" + calls));
        callbacks.fire(Action.ON_START, Role.PRIMARY);
        await().atMost(SOON).until(() -> !text(orphan).isBlank());
        long pid = Long.parseLong(text(orphan).strip());
        callbacks.fire(Action.ON_STOP, Role.PRIMARY);
        await().atMost(SOON)
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    /** Class O of reliability.md: whatever a command does, the next one runs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 3",
                "kill -9 $$",
                "exec >&- 2>&-",
                "cat",
                "cd /; exit 0",
                "yes",
                "sleep 600 & exit 0",
                "trap '' TERM HUP INT; while :; do sleep 1; done",
            })
    void aBadCommandStandsInNobodysWay(String body) throws IOException {
        commands.put("on_start", script(body));
        commands.put("on_stop", script("echo stop >>" + calls));
        callbacks.fire(Action.ON_START, Role.PRIMARY);
        callbacks.fire(Action.ON_STOP, Role.PRIMARY);
        await().atMost(SOON).until(() -> text(calls).contains("stop"));
    }

    @Test
    void aFileThatIsNotExecutableDoesNoHarm() throws IOException {
        commands.put("on_start", Files.createFile(folder.resolve("plain")).toString());
        commands.put("on_stop", script("echo stop >>" + calls));
        callbacks.fire(Action.ON_START, Role.PRIMARY);
        callbacks.fire(Action.ON_STOP, Role.PRIMARY);
        await().atMost(SOON).until(() -> text(calls).contains("stop"));
    }

    /** The caller never waits, so that a loop which fires them goes on fencing and renewing. */
    @Test
    void inAStormOfRoleChangesTheLastOneIsTheLast() throws IOException {
        commands.put("on_role_change", script("echo $2 >>" + calls + "; exec sleep 600"));
        for (int i = 0; i < 10; i++) {
            callbacks.fire(Action.ON_ROLE_CHANGE, i % 2 == 0 ? Role.REPLICA : Role.PRIMARY);
        }
        commands.put("on_stop", script("echo end >>" + calls));
        callbacks.fire(Action.ON_STOP, Role.PRIMARY);
        await().atMost(SOON).until(() -> text(calls).contains("end"));
        assertThat(text(calls)).endsWith("end\n");
    }

    private String script(String body) throws IOException {
        Path file = Files.createTempFile(folder, "callback", ".sh");
        Files.write(file, List.of(body));
        return "sh " + file;
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
