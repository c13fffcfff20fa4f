package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PostmasterFilesTest {
    @Test
    void readsThePidFileOfARunningServer() {
        PostmasterPid pid = PostmasterPid.parse(
                        "4711\n/srv/demo/data0\n1763686800\n7100\n/tmp\n127.0.0.1\n  7100        0\nready   \n")
                .orElseThrow();
        assertThat(pid.pid()).isEqualTo(4711);
        assertThat(pid.singleUser()).isFalse();
        assertThat(pid.dataDir()).isEqualTo(Path.of("/srv/demo/data0"));
        assertThat(pid.startTime()).contains(Instant.ofEpochSecond(1763686800));
        assertThat(pid.port()).contains(7100);
        assertThat(pid.socketDir()).contains("/tmp");
        assertThat(pid.listenAddress()).contains("127.0.0.1");
        assertThat(pid.status()).contains("ready");
    }

    @Test
    void aStartingServerHasWrittenOnlyTheFirstLines() {
        PostmasterPid pid = PostmasterPid.parse("4711\n/data\n").orElseThrow();
        assertThat(pid.startTime()).isEmpty();
        assertThat(pid.port()).isEmpty();
    }

    @Test
    void aNegativePidIsASingleUserServer() {
        PostmasterPid pid = PostmasterPid.parse("-4711\n/data\n").orElseThrow();
        assertThat(pid.singleUser()).isTrue();
        assertThat(pid.pid()).isEqualTo(4711);
    }

    @Test
    void anEmptyOrBrokenPidFileIsNone() {
        for (String text : new String[] {"", "\n", "x\n/data", "0\n/data", "1", "1\n\n", "1\n/a\0b"}) {
            assertThat(PostmasterPid.parse(text)).isEmpty();
        }
    }

    @Property
    void noPidFileBreaksTheReader(@ForAll long pid, @ForAll String rest) {
        assertThat(PostmasterPid.parse(pid + "\n" + rest)).isNotNull();
    }

    @Test
    void readsHowTheServerWasStarted() {
        String command = Samples.text("processes.txt").lines().findFirst().orElseThrow();
        int blank = command.indexOf(' ');
        String file = command.substring(0, blank) + " \""
                + command.substring(blank + 1).replace(" ", "\" \"") + "\"\n";
        PostmasterOpts opts = PostmasterOpts.parse(file);
        assertThat(opts.program()).isEqualTo("/usr/lib/postgresql/15/bin/postgres");
        assertThat(opts.arguments()).startsWith("-D", "/srv/demo/data0").hasSize(16);
        assertThat(opts.parameters())
                .containsEntry("max_connections", "100")
                .containsEntry("config_file", "/srv/demo/data0/postgresql.conf")
                .hasSize(14);
        assertThat(PostmasterOpts.parse("/bin/postgres \"-c\" \"a-b=c d\" \"-cx=y\"\n")
                        .parameters())
                .containsEntry("a_b", "c d")
                .containsEntry("x", "y");
    }

    @Property
    void noOptsFileBreaksTheReader(@ForAll String text) {
        assertThat(PostmasterOpts.parse(text).parameters()).isNotNull();
    }
}
