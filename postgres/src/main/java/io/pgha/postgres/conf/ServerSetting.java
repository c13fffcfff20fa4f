package io.pgha.postgres.conf;

import io.pgha.core.model.PendingRestartReason;
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

    /** Whether a value means the same as the one in force. */
    boolean isSame(String wanted) {
        return GucTable.standard().sameValue(name, wanted, value, unit, vartype);
    }

    /** From the one in force to another, both as {@code SHOW} prints them; empty when they mean the same. */
    public Optional<PendingRestartReason> waitsFor(String wanted) {
        return isSame(wanted) ? Optional.empty() : Optional.of(new PendingRestartReason(shown(value), shown(wanted)));
    }

    private String shown(String text) {
        return vartype.equals("integer") ? GucNumber.shown(text, unit).orElse(text) : text;
    }

    /** Whether nobody can change it. */
    public boolean isInternal() {
        return context.equals("internal");
    }
}
