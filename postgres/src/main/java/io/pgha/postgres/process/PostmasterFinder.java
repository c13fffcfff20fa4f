package io.pgha.postgres.process;

import io.pgha.core.model.Postmaster;
import io.pgha.postgres.conf.PostmasterPid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the postmaster of a data directory, and tells it from a stranger with the same number (facts §6.1). */
public final class PostmasterFinder {
    private static final Logger log = LoggerFactory.getLogger(PostmasterFinder.class);
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final Path dataDirectory;
    private final Set<String> programs;
    private volatile @Nullable Postmaster recognized;

    /**
     * A finder for one data directory.
     *
     * @param program file name of the server's program
     */
    public PostmasterFinder(Path dataDirectory, String program) {
        this.dataDirectory = dataDirectory;
        this.programs = program.equals("postmaster") ? Set.of(program) : Set.of(program, "postmaster");
    }

    /**
     * What {@code postmaster.pid} leads to.
     *
     * @param postmaster the running postmaster of this directory
     * @param file the file's content, whoever wrote it
     * @param stranger number of a living process that is not ours although the file names it
     * @param uncollected number of a dead process that its parent has not collected; to PostgreSQL it looks alive
     */
    public record Finding(
            Optional<Postmaster> postmaster,
            Optional<PostmasterPid> file,
            Optional<Long> stranger,
            Optional<Long> uncollected) {
        private static final Finding NOTHING = of(Optional.empty(), Optional.empty(), Optional.empty());

        private static Finding of(
                Optional<Postmaster> postmaster, Optional<PostmasterPid> file, Optional<Long> stranger) {
            return new Finding(postmaster, file, stranger, Optional.empty());
        }

        /** The number in a stale file that would keep PostgreSQL from starting. */
        public Optional<Long> misleading() {
            return stranger.or(() -> uncollected);
        }

        /** Whether a single-user server works in the directory. */
        public boolean singleUser() {
            return file.filter(PostmasterPid::singleUser).isPresent() && stranger.isPresent();
        }
    }

    /** Looks now. */
    public Finding find() {
        Optional<PostmasterPid> file = read();
        if (file.isEmpty()) {
            return Finding.NOTHING;
        }
        PostmasterPid content = file.get();
        Optional<ProcessEntry> process = ProcessTable.find(content.pid());
        if (process.isEmpty() || !process.get().alive()) {
            return new Finding(Optional.empty(), file, Optional.empty(), process.map(ProcessEntry::pid));
        }
        ProcessEntry entry = process.get();
        if (!content.singleUser() && isPostmaster(entry, content)) {
            Postmaster found = new Postmaster(entry.pid(), entry.startTicks());
            recognized = found;
            return Finding.of(Optional.of(found), file, Optional.empty());
        }
        return Finding.of(Optional.empty(), file, Optional.of(entry.pid()));
    }

    /** Remembers the postmaster that we started ourselves, so that it needs no proof. */
    public void recognize(Postmaster postmaster) {
        recognized = postmaster;
    }

    /** The postmaster found the last time, if it still runs; reads no file. */
    public Optional<Postmaster> lastKnown() {
        return Optional.ofNullable(recognized).filter(known -> ProcessTable.runs(known.pid(), known.startTicks()));
    }

    private Optional<PostmasterPid> read() {
        try {
            return PostmasterPid.parse(Files.readString(dataDirectory.resolve("postmaster.pid")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (Files.isDirectory(dataDirectory)) {
                log.warn("cannot read postmaster.pid: {}", e.toString());
            }
            return Optional.empty();
        }
    }

    private boolean isPostmaster(ProcessEntry entry, PostmasterPid content) {
        Postmaster known = recognized;
        if (known != null && known.pid() == entry.pid() && known.startTicks() == entry.startTicks()) {
            return true;
        }
        if (isRelated(entry)) {
            return false;
        }
        return startedWhenTheFileSays(entry, content) || looksLikeOurs(entry);
    }

    /** A container's reboot gives small numbers again: the file may name this very process. */
    private static boolean isRelated(ProcessEntry entry) {
        ProcessHandle self = ProcessHandle.current();
        return entry.pid() == self.pid()
                || entry.parent() == self.pid()
                || self.parent().filter(parent -> parent.pid() == entry.pid()).isPresent();
    }

    private static boolean startedWhenTheFileSays(ProcessEntry entry, PostmasterPid content) {
        Optional<Instant> started = ProcessTable.startedAt(entry.startTicks());
        return started.isPresent()
                && content.startTime()
                        .filter(recorded ->
                                Duration.between(started.get(), recorded).abs().compareTo(TOLERANCE) <= 0)
                        .isPresent();
    }

    private boolean looksLikeOurs(ProcessEntry entry) {
        Optional<Path> executable = ProcessTable.executable(entry.pid());
        if (executable.isEmpty()
                || !programs.contains(String.valueOf(executable.get().getFileName()))) {
            return false;
        }
        Optional<Path> directory = ProcessTable.workingDirectory(entry.pid());
        if (directory.isEmpty()) {
            log.warn("process {} is taken for the postmaster although its directory is not known", entry.pid());
            return true;
        }
        try {
            return directory.get().equals(dataDirectory.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
