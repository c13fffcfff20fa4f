package io.pgha.ctl;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Command lines, their output and their exit status; etcd and the members are played by recorded samples. */
abstract class HactlAtWork {
    @TempDir
    Path folder;

    final PlayedCluster world = new PlayedCluster(Sample.read("06-quorum-mode-and-failsafe"));
    final Map<String, String> environment = new LinkedHashMap<>();
    Path config = Path.of("");
    String typed = "";

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = Files.writeString(
                folder.resolve("pg0.yml"), "scope: demo\nname: pg0\netcd3:\n  hosts: 127.0.0.1:21510\n");
    }

    /** What a command line gave. */
    record Result(int status, String out, String err) {}

    /** Runs a command with the configuration of a member. */
    Result hactl(String... arguments) {
        List<String> all = new ArrayList<>(List.of("-c", config.toString()));
        all.addAll(List.of(arguments));
        return bare(all.toArray(String[]::new));
    }

    /** Runs a command line as it is. */
    Result bare(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Hactl.run(
                world,
                environment,
                new StringReader(typed),
                new PrintWriter(out),
                new PrintWriter(err, true),
                arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
