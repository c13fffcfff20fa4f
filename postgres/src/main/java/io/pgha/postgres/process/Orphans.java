package io.pgha.postgres.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backends whose postmaster is dead. A busy one notices only when it next waits: until then it can commit, and its
 * shared memory keeps a new postmaster from starting ("pre-existing shared memory block … is still in use").
 */
public final class Orphans {
    private static final Logger log = LoggerFactory.getLogger(Orphans.class);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(5);
    private static final Duration KILL_WAIT = Duration.ofSeconds(5);

    private final Path dataDirectory;
    private final Set<String> programs;

    /**
     * The orphans of one data directory.
     *
     * @param program file name of the server's program, {@code postgres} unless renamed
     */
    public Orphans(Path dataDirectory, String program) {
        this.dataDirectory = dataDirectory;
        this.programs = new HashSet<>(List.of(program, "postgres", "postmaster"));
    }

    /** All server processes that work in the data directory, whoever their parent is. */
    public List<ProcessEntry> processes() {
        Path real;
        try {
            real = dataDirectory.toRealPath();
        } catch (IOException e) {
            return List.of();
        }
        return ProcessTable.all().stream()
                .filter(ProcessEntry::alive)
                .filter(entry -> ProcessTable.workingDirectory(entry.pid())
                        .filter(real::equals)
                        .isPresent())
                .filter(entry -> ProcessTable.executable(entry.pid())
                        .map(Path::getFileName)
                        .filter(name -> programs.contains(name.toString()))
                        .isPresent())
                .toList();
    }

    /**
     * Waits a moment for them to leave by themselves, and kills the rest. Call it only when no postmaster runs.
     *
     * @return whether none is left
     */
    public boolean clear(Duration patience) {
        Set<ProcessEntry> left = new HashSet<>(processes());
        if (left.isEmpty()) {
            return true;
        }
        if (Deadline.after(patience).waitUntil(CHECK_INTERVAL, () -> gone(left))) {
            return true;
        }
        log.warn("killing {} server processes whose postmaster is gone", left.size());
        left.forEach(entry -> Signal.KILL.sendTo(entry.pid()));
        return Deadline.after(KILL_WAIT).waitUntil(CHECK_INTERVAL, () -> gone(left))
                && processes().isEmpty();
    }

    private static boolean gone(Set<ProcessEntry> entries) {
        entries.removeIf(entry -> !ProcessTable.runs(entry.pid(), entry.startTicks()));
        return entries.isEmpty();
    }
}
