package io.pgha.postgres.conf;

import java.util.List;

/** A generated file that holds an operator's lines as they are. */
final class FileOfLines {
    private FileOfLines() {}

    static String text(List<String> lines) {
        StringBuilder text = new StringBuilder(PostgresqlConf.HEADER);
        for (String line : lines) {
            // What a YAML block scalar leaves at its end; PostgreSQL takes a zero byte for the end of the line.
            text.append(line.stripTrailing().replace("\0", "")).append('\n');
        }
        return text.toString();
    }
}
