package io.pgha.agent.runtime;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process group for each command: what a command leaves behind in the background has another parent once the command is
 * gone, but it is still in its group, and ends with it.
 */
final class OwnGroup {
    private static final Logger LOG = LoggerFactory.getLogger(OwnGroup.class);
    /** Part of util-linux, which every Debian and RHEL has. Without it only the children that are known are ended. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private OwnGroup() {}

    /** The command line that runs this one in a session and group of its own; its process id is the group's. */
    static List<String> of(List<String> argv) {
        if (!Files.isExecutable(SETSID)) {
            return argv;
        }
        List<String> own = new ArrayList<>(List.of(SETSID.toString()));
        own.addAll(argv);
        return own;
    }

    /** SIGKILL for the process, its descendants and its group. Does not wait. */
    static void kill(Process process) {
        try (Stream<ProcessHandle> children = process.descendants()) {
            children.toList().forEach(ProcessHandle::destroyForcibly);
        }
        if (Files.isExecutable(SETSID)) {
            try {
                new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + process.pid())
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                LOG.warn("the group of process {} cannot be ended: {}", process.pid(), e.getMessage());
            }
        }
        process.destroyForcibly();
    }
}
