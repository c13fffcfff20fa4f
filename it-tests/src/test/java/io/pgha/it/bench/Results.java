package io.pgha.it.bench;

import io.pgha.it.cluster.Software;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/** What has been measured, kept in a file, so that rows can be measured one by one. */
final class Results {
    private final Path file;
    private final Properties figures = new Properties();

    Results(Path file) throws IOException {
        this.file = file;
        load();
    }

    private void load() throws IOException {
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                figures.load(reader);
            }
        }
    }

    /** Keeps a figure and says it. Infinity stands for: not within the time that the measurement allows. */
    void put(Row row, Software software, double figure) {
        System.out.printf(Locale.ROOT, "   %s, %s: %s %s%n", name(software), row.title(), number(figure), row.unit());
        try {
            Files.createDirectories(file.getParent());
            // Another ./bench may have measured another part meanwhile.
            load();
            figures.setProperty(key(row, software), Double.toString(figure));
            try (Writer writer = Files.newBufferedWriter(file)) {
                figures.store(writer, "what ./bench measured");
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    Optional<Double> get(Row row, Software software) {
        return Optional.ofNullable(figures.getProperty(key(row, software))).map(Double::valueOf);
    }

    /** The table, as Markdown that can also be read in a terminal. */
    String table() {
        StringBuilder table = new StringBuilder();
        line(table, "what", "pgha", "Patroni", "ratio", "asked for");
        table.append("|---|---:|---:|---:|---|\n");
        for (Row row : Row.values()) {
            Optional<Double> ours = get(row, Software.PGHA);
            Optional<Double> theirs = get(row, Software.PATRONI);
            line(
                    table,
                    row.title(),
                    ours.map(figure -> number(figure) + " " + row.unit()).orElse("–"),
                    theirs.map(figure -> number(figure) + " " + row.unit()).orElse("–"),
                    ours.flatMap(one -> theirs.map(other -> row.ratio(one, other)))
                            .orElse("–"),
                    row.asked());
        }
        return table.toString();
    }

    private static void line(StringBuilder table, String... cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Two significant digits behind the point for small figures, none for large ones. */
    static String number(double figure) {
        if (Double.isInfinite(figure)) {
            return "no answer within 2000";
        }
        String format = figure == Math.rint(figure) || figure >= 100 ? "%.0f" : figure >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, figure);
    }

    static String name(Software software) {
        return software == Software.PGHA ? "pgha" : "Patroni";
    }

    private static String key(Row row, Software software) {
        return row.name() + "." + software.name();
    }
}
