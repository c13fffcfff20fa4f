package io.pgha.it.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks at /proc: which processes belong to a node. Those that end meanwhile are passed over. */
final class Processes {
    private Processes() {}

    /** All whose working directory is this one: the postmaster of a data directory and its children. */
    static List<Long> livingIn(Path folder) {
        return matching(process -> {
            try {
                return Files.readSymbolicLink(process.resolve("cwd")).equals(folder);
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** All with this word on their command line. */
    static List<Long> calledWith(String word) {
        return matching(process -> {
            try {
                return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                        .contains(word);
            } catch (IOException e) {
                return false;
            }
        });
    }

    /** Its resident memory in KiB (VmRSS). */
    static long rssKib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Processor time so far, in milliseconds, with that of children that have ended. */
    static long cpuMillis(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            // utime, stime, cutime, cstime: fields 14 to 17, in hundredths of a second on Linux.
            long ticks = 0;
            for (int field = 11; field <= 14; field++) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks * 10;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The postmaster of a data directory, if one lives there. */
    static OptionalLong postmaster(Path dataDir) {
        try {
            Path file = dataDir.resolve("postmaster.pid");
            long pid = Long.parseLong(Files.readAllLines(file).get(0).trim());
            return livingIn(dataDir).contains(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
        } catch (IOException | RuntimeException e) {
            // No file, or one that is being written.
            return OptionalLong.empty();
        }
    }

    private static List<Long> matching(Predicate<Path> condition) {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .filter(condition)
                    .map(entry -> Long.parseLong(entry.getFileName().toString()))
                    .filter(pid -> pid != ProcessHandle.current().pid())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read /proc: " + e.getMessage(), e);
        }
    }
}
