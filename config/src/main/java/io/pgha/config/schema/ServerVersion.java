package io.pgha.config.schema;

import io.pgha.config.value.Values;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The major version of PostgreSQL as far as the paths of the configuration betray it ({@code /usr/lib/postgresql/16/bin},
 * {@code /usr/pgsql-15/bin}); nothing is looked up on the machine.
 *
 * @param major empty where no path says it
 */
record ServerVersion(Optional<Integer> major) {

    private static final Pattern IN_PATH =
            Pattern.compile("(?:postgresql/|pgsql-|postgres-?)(\\d{1,2})(?:\\.\\d+)?(?:/|$)");

    static ServerVersion guessed(Values local) {
        Values postgresql = local.section("postgresql");
        return new ServerVersion(postgresql
                .filled("bin_dir")
                .flatMap(ServerVersion::inPath)
                .or(() -> postgresql.filled("data_dir").flatMap(ServerVersion::inPath)));
    }

    private static Optional<Integer> inPath(String path) {
        Matcher matcher = IN_PATH.matcher(path);
        return matcher.find() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }
}
