package io.pgha.postgres.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The processes of this machine, read from {@code /proc}. A process that ends meanwhile is simply not there. */
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    /** {@code USER_HZ}, which Linux promises to programs whatever the kernel's own clock is. */
    private static final long TICKS_PER_SECOND = 100;

    private ProcessTable() {}

    /** The process with this number, zombies included. */
    public static Optional<ProcessEntry> find(long pid) {
        try {
            String stat =
                    Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            return ProcessEntry.parse(stat);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether exactly this process still runs: the number alone may have been given to another one. */
    public static boolean runs(long pid, long startTicks) {
        return find(pid)
                .filter(ProcessEntry::alive)
                .filter(entry -> startTicks == 0 || entry.startTicks() == startTicks)
                .isPresent();
    }

    /** All processes. */
    public static List<ProcessEntry> all() {
        String[] names = new File("/proc").list();
        List<ProcessEntry> entries = new ArrayList<>();
        if (names != null) {
            for (String name : names) {
                if (Character.isDigit(name.charAt(0))) {
                    find(Long.parseLong(name)).ifPresent(entries::add);
                }
            }
        }
        return entries;
    }

    /** Living children, grandchildren and so on, parents before their children. */
    public static List<ProcessEntry> descendants(long pid) {
        List<ProcessEntry> all = all();
        List<ProcessEntry> found = new ArrayList<>();
        Deque<Long> parents = new ArrayDeque<>(List.of(pid));
        while (!parents.isEmpty()) {
            long parent = parents.remove();
            for (ProcessEntry entry : all) {
                if (entry.parent() == parent && entry.alive()) {
                    found.add(entry);
                    parents.add(entry.pid());
                }
            }
        }
        return found;
    }

    /** Living direct children. */
    public static List<ProcessEntry> children(long pid) {
        return all().stream()
                .filter(entry -> entry.parent() == pid && entry.alive())
                .toList();
    }

    /** The program that it runs; a suffix {@code (deleted)} after an upgrade is cut off. */
    public static Optional<Path> executable(long pid) {
        return link(pid, "exe").map(path -> {
            String text = path.toString();
            return text.endsWith(" (deleted)") ? Path.of(text.substring(0, text.length() - 10)) : path;
        });
    }

    /** Its working directory, with links resolved. */
    public static Optional<Path> workingDirectory(long pid) {
        return link(pid, "cwd");
    }

    /** Its title: for PostgreSQL's children what the process is doing. Empty text when it is gone. */
    public static String title(long pid) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** When a process with that start tick was started, by the wall clock; empty when the system does not tell. */
    public static Optional<Instant> startedAt(long startTicks) {
        try {
            return Files.readAllLines(PROC.resolve("stat"), StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith("btime "))
                    .findFirst()
                    .map(line -> Instant.ofEpochSecond(
                                    Long.parseLong(line.substring(6).strip()))
                            .plus(Duration.ofMillis(startTicks * 1000 / TICKS_PER_SECOND)));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> link(long pid, String name) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve(name)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
