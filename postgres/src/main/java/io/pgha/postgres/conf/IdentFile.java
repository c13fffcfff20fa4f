package io.pgha.postgres.conf;

import java.util.List;

/** The text of pg_ident.conf (facts §6.4). */
public final class IdentFile {
    private IdentFile() {}

    /** The configured lines behind the header. */
    public static String text(List<String> lines) {
        return FileOfLines.text(lines);
    }
}
