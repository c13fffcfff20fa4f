package io.pgha.agent.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads {@code /proc/self/smaps} for mappings of files that hold nothing but what the file holds: read-only, private, not
 * a page of their own. The JVM's library and its class archive are the large ones.
 */
final class CleanMappings {
    private static final Pattern HEADER = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\S+ +(/.*)");
    private static final int HEXADECIMAL = 16;
    private static final long WORTH_A_CALL = 256L << 10;

    private CleanMappings() {}

    /**
     * A range of memory.
     *
     * @param address where it begins
     * @param bytes its length
     */
    record Range(long address, long bytes) {}

    /** @param smaps the lines of that file, in order */
    static List<Range> in(Stream<String> smaps) {
        List<Range> clean = new ArrayList<>();
        Optional<Range> candidate = Optional.empty();
        for (String line : (Iterable<String>) smaps::iterator) {
            if (isHeader(line)) {
                candidate = readOnlyFile(line);
            } else if (candidate.isPresent() && line.startsWith("Anonymous:")) {
                // Where this is not 0, pages differ from the file, as those of a library that was relocated.
                if (line.matches("Anonymous: +0 kB")) {
                    clean.add(candidate.get());
                }
                candidate = Optional.empty();
            }
        }
        return clean;
    }

    /** A field begins with a capital letter, an address does not. */
    private static boolean isHeader(String line) {
        return !line.isEmpty() && !Character.isUpperCase(line.charAt(0));
    }

    private static Optional<Range> readOnlyFile(String header) {
        Matcher matcher = HEADER.matcher(header);
        if (!matcher.matches() || !matcher.group(3).matches("r-[-x]p")) {
            return Optional.empty();
        }
        long begin = Long.parseUnsignedLong(matcher.group(1), HEXADECIMAL);
        long bytes = Long.parseUnsignedLong(matcher.group(2), HEXADECIMAL) - begin;
        return bytes < WORTH_A_CALL ? Optional.empty() : Optional.of(new Range(begin, bytes));
    }
}
