package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SdNotifyTest {
    private final List<String> sent = new ArrayList<>();

    @Test
    void theStatusIsSentWhenItChanges() {
        SdNotify notify = notify(true);
        notify.ready();
        notify.status("leader");
        notify.status("leader");
        notify.status("replica\nREADY=0");
        notify.alive();
        notify.stopping();
        assertThat(sent)
                .containsExactly("READY=1", "STATUS=leader", "STATUS=replica READY=0", "WATCHDOG=1", "STOPPING=1");
    }

    @Test
    void theWatchdogIsFedOnlyWhereItIsWanted() {
        notify(false).alive();
        assertThat(sent).isEmpty();
    }

    @Test
    void aReloadTellsTheMonotonicTime() {
        notify(false).reloading();
        assertThat(sent.get(0)).matches("RELOADING=1\nMONOTONIC_USEC=\\d+");
    }

    @Test
    void withoutASocketNothingHappens() {
        SdNotify.of(Map.of()).ready();
        SdNotify.of(Map.of("NOTIFY_SOCKET", "")).ready();
        SdNotify.of(Map.of("NOTIFY_SOCKET", "relative")).ready();
    }

    @Test
    void aSocketThatIsGoneIsForgiven() {
        SdNotify.of(Map.of("NOTIFY_SOCKET", "/does/not/exist")).ready();
    }

    @Test
    void datagramsReachPathsAndAbstractNames(@TempDir Path folder) throws IOException {
        Path python = Path.of("/usr/bin/python3");
        assumeThat(python).as("python3, which plays systemd").exists();
        for (String address : List.of(
                folder.resolve("sock").toString(),
                "@pgha-test-" + ProcessHandle.current().pid())) {
            Path output = folder.resolve("got" + address.charAt(0));
            String receiver = "import socket,sys\n"
                    + "a=sys.argv[1]\ns=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n"
                    + "s.bind('\\0'+a[1:] if a[0]=='@' else a)\nprint('bound',flush=True)\nprint(s.recv(99).decode(),flush=True)\n";
            Process process = new ProcessBuilder(python.toString(), "-c", receiver, address)
                    .redirectOutput(output.toFile())
                    .start();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> Files.readString(output).contains("bound"));
            SdNotify.of(Map.of("NOTIFY_SOCKET", address)).ready();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> Files.readString(output).contains("READY=1"));
            process.destroyForcibly();
        }
    }

    private SdNotify notify(boolean watchdog) {
        return new SdNotify(Optional.of(message -> sent.add(new String(message, StandardCharsets.UTF_8))), watchdog);
    }
}
