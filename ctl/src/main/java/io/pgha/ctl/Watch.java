package io.pgha.ctl;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options {@code -w} and {@code -W}: the same again and again, until the operator has seen enough. */
final class Watch {
    private static final String CLEAR_SCREEN = "\u001b[2J\u001b[H";
    private static final double DEFAULT_SECONDS = 2;

    @Option(
            names = {"-w", "--watch"},
            paramLabel = "SECONDS",
            description = "Show it again every so many seconds.")
    private @Nullable Double seconds;

    @Option(names = "-W", description = "Show it again every 2 seconds.")
    private boolean everyTwoSeconds;

    /**
     * Prints once, or until interrupted.
     *
     * @param text what to print, anew for each time
     */
    void print(PrintWriter out, Supplier<String> text) {
        Optional<Duration> period = period();
        while (true) {
            String screen = text.get();
            out.print(period.isPresent() ? CLEAR_SCREEN + screen : screen);
            out.flush();
            if (period.isEmpty() || Interruption.comesWithin(period.get())) {
                return;
            }
        }
    }

    private Optional<Duration> period() {
        if (seconds == null) {
            return everyTwoSeconds ? Optional.of(millis(DEFAULT_SECONDS)) : Optional.empty();
        }
        if (!(seconds > 0 && seconds < 1e6)) {
            throw new CtlException("-w " + seconds + ": expected a number of seconds above 0");
        }
        return Optional.of(millis(seconds));
    }

    private static Duration millis(double seconds) {
        return Duration.ofMillis(Math.max(1, (long) (seconds * 1000)));
    }
}
