package io.pgha.config;

import io.pgha.config.schema.ClusterWide;
import io.pgha.config.value.SettingValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL does not start when all connections, or more, are kept for the superuser and for {@code pg_use_reserved_connections}. */
final class ReservedConnections {
    private static final String ALL = "max_connections";
    private static final String SUPERUSER = "superuser_reserved_connections";
    private static final String OTHERS = "reserved_connections";
    /** What PostgreSQL keeps when nothing is written. */
    private static final long USUAL = 3;

    private ReservedConnections() {}

    /** Why a server would not start with these numbers; empty when it would. */
    static Optional<String> conflict(DynamicConfig config) {
        Map<String, ?> parameters = config.postgresql().section("parameters").map();
        long kept = number(parameters.get(SUPERUSER), USUAL) + number(parameters.get(OTHERS), 0);
        long all = maximum(parameters.get(ALL));
        return kept < all
                ? Optional.empty()
                : Optional.of("postgresql.parameters." + SUPERUSER + " plus " + OTHERS + " are " + kept + ", " + ALL
                        + " is " + all + " (rule: less than " + ALL + ", or PostgreSQL does not start)");
    }

    /** One that breaks the rule of facts §2.5 is replaced by the default. */
    private static long maximum(@Nullable Object written) {
        boolean usable = written != null && ClusterWide.broken(ALL, written).isEmpty();
        return number(usable ? written : ClusterWide.defaultValues().get(ALL), 0);
    }

    private static long number(@Nullable Object written, long otherwise) {
        return written == null ? otherwise : SettingValue.integer(written).orElse(otherwise);
    }
}
