package io.pgha.postgres.conf;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code pg_controldata} printed with {@code LC_ALL=C} (facts §6.8).
 *
 * @param values every line by its label; a leading "Current " is taken off
 * @param data the fields that decisions need; empty when one of them is missing or unreadable, or when the program
 *     itself says that the file is corrupt
 */
public record ControlDataText(Map<String, String> values, Optional<ControlData> data) {
    private static final String SETTING = " setting";

    /** Where the program's name for a parameter is not the server's. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "max_prepared_xacts", "max_prepared_transactions", "max_locks_per_xact", "max_locks_per_transaction");

    private static final Pattern IDENTIFIER = Pattern.compile("[1-9][0-9]{0,19}");

    public ControlDataText {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Reads the output, whatever is in it. */
    public static ControlDataText parse(String output) {
        Map<String, String> values = new LinkedHashMap<>();
        output.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String label = line.substring(0, colon).strip();
                values.putIfAbsent(
                        label.startsWith("Current ") ? label.substring(8) : label,
                        line.substring(colon + 1).strip());
            }
        });
        // "WARNING: Calculated CRC checksum does not match …. The results below are untrustworthy."
        return new ControlDataText(values, values.containsKey("WARNING") ? Optional.empty() : data(values));
    }

    /** Server parameters recorded in the control file, by the server's name for them. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        values.forEach((label, value) -> {
            if (label.endsWith(SETTING)) {
                String name = label.substring(0, label.length() - SETTING.length());
                settings.put(PARAMETERS.getOrDefault(name, name), value);
            }
        });
        return settings;
    }

    /** Name of the WAL file where the latest checkpoint's redo starts. */
    public Optional<String> redoWalFile() {
        return Optional.ofNullable(values.get("Latest checkpoint's REDO WAL file"));
    }

    private static Optional<ControlData> data(Map<String, String> values) {
        Optional<String> identifier = value(values, "Database system identifier")
                .filter(text -> IDENTIFIER.matcher(text).matches());
        Optional<String> state = value(values, "Database cluster state");
        Optional<Lsn> checkpoint = value(values, "Latest checkpoint location").flatMap(Lsn::parse);
        Optional<Timeline> timeline = value(values, "Latest checkpoint's TimeLineID")
                .flatMap(ControlDataText::timeline)
                .filter(Timeline::isKnown);
        if (identifier.isEmpty() || state.isEmpty() || checkpoint.isEmpty() || timeline.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ControlData(
                identifier.get(),
                ControlState.parse(state.get()),
                checkpoint.get(),
                timeline.get(),
                value(values, "Minimum recovery ending location")
                        .flatMap(Lsn::parse)
                        .orElse(Lsn.ZERO),
                value(values, "Min recovery ending loc's timeline")
                        .flatMap(ControlDataText::timeline)
                        .orElse(Timeline.UNKNOWN),
                value(values, "Data page checksum version")
                        .filter(text -> !text.equals("0"))
                        .isPresent(),
                value(values, "wal_log_hints setting").filter("on"::equals).isPresent()));
    }

    private static Optional<String> value(Map<String, String> values, String label) {
        return Optional.ofNullable(values.get(label)).filter(value -> !value.isEmpty());
    }

    private static Optional<Timeline> timeline(String text) {
        try {
            int number = Integer.parseInt(text);
            return number < 0 ? Optional.empty() : Optional.of(new Timeline(number));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
