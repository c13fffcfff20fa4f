package io.pgha.postgres.conf;

import java.util.Optional;

/**
 * A row of {@code pg_settings}.
 *
 * @param name as PostgreSQL spells it
 * @param value column setting
 * @param unit column unit; empty text for null
 * @param vartype bool, integer, real, enum or string
 * @param context internal, postmaster, sighup, …
 * @param sourceFile where it was read from, when it came from a file and we may see it
 */
public record ServerSetting(
        String name, String value, String unit, String vartype, String context, Optional<String> sourceFile) {
    /** Whether a change needs a restart. */
    public boolean needsRestart() {
        return context.equals("postmaster");
    }

    /** Whether nobody can change it. */
    public boolean isInternal() {
        return context.equals("internal");
    }
}
