package io.pgha.postgres.copy;

import io.pgha.postgres.JobControl;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code pg_basebackup --progress} prints, and pg_rewind in the same way: {@code 12345/67890 kB (18%), 0/1 tablespace}. The server estimates
 * the second number before it begins, so that both are about the same files, tablespaces included.
 */
public final class BackupProgress implements Consumer<String> {
    private static final Pattern LINE = Pattern.compile("(\\d{1,15})/(\\d{1,15}) kB \\(\\d+%\\)");
    private static final Pattern WHOLE_LINE =
            Pattern.compile("\\s*\\d{1,15}/\\d{1,15} kB \\(\\d+%\\), \\d+/\\d+ tablespaces?[^|]*(\\||$)");
    private static final long KILOBYTE = 1024;

    private final JobControl control;

    /** @param control is told */
    public BackupProgress(JobControl control) {
        this.control = control;
    }

    @Override
    public void accept(String text) {
        Matcher line = LINE.matcher(text);
        long done = -1;
        long total = -1;
        while (line.find()) {
            done = Long.parseLong(line.group(1));
            total = Long.parseLong(line.group(2));
        }
        if (done >= 0) {
            // The estimate may turn out too small while the source grows.
            control.copied(done * KILOBYTE, OptionalLong.of(Math.max(done, total) * KILOBYTE));
        }
    }

    /** A message without such lines. */
    public static String without(String words) {
        return WHOLE_LINE.matcher(words).replaceAll("").strip();
    }
}
