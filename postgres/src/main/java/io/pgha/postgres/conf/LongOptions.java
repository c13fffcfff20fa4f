package io.pgha.postgres.conf;

import io.pgha.postgres.version.PostgresVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options of PostgreSQL's programs as an operator may configure them (facts §2.6, last paragraph).
 *
 * @param accepted as arguments: {@code --name} or {@code --name=value}
 * @param problems one sentence for each option that is not accepted
 */
public record LongOptions(List<String> accepted, List<String> problems) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

    /** A program, and the options that pgha itself gives it. */
    public enum Program {
        INITDB("initdb"),
        PG_BASEBACKUP("pg_basebackup"),
        PG_REWIND("pg_rewind");

        private final String name;

        Program(String name) {
            this.name = name;
        }

        private List<String> forbidden() {
            return switch (this) {
                case INITDB -> List.of("pgdata", "nosync", "pwfile", "sync-only", "version");
                case PG_BASEBACKUP ->
                    List.of(
                            "pgdata",
                            "format",
                            "wal-method",
                            "xlog-method",
                            "gzip",
                            "version",
                            "dbname",
                            "host",
                            "port",
                            "username",
                            "password");
                case PG_REWIND ->
                    List.of(
                            "target-pgdata",
                            "source-pgdata",
                            "source-server",
                            "write-recovery-conf",
                            "dry-run",
                            "restore-target-wal",
                            "config-file",
                            "no-ensure-shutdown",
                            "version",
                            "help");
            };
        }
    }

    public LongOptions {
        accepted = List.copyOf(accepted);
        problems = List.copyOf(problems);
    }

    /**
     * From the configuration's value: a list of names and one-pair maps, or a map.
     *
     * @param configured as YAML or JSON gave it; null: nothing configured
     */
    public static LongOptions of(@Nullable Object configured, Program program, PostgresVersion version) {
        List<String> options = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (configured instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (value != null && !value.toString().isEmpty()) {
                    options.add("--" + name + "=" + text(value));
                }
            });
        } else if (configured instanceof List<?> list) {
            list.forEach(item -> fromItem(item, program, options, problems));
        } else if (configured != null) {
            problems.add("the options of " + program.name + " are neither a list nor a map");
        }
        LongOptions checked = checked(options, program, version);
        problems.addAll(checked.problems());
        return new LongOptions(checked.accepted(), problems);
    }

    /** The same for options that are written as arguments already. */
    public static LongOptions checked(List<String> options, Program program, PostgresVersion version) {
        List<String> accepted = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String option : options) {
            Optional<String> problem = problem(option, program, version);
            problem.ifPresentOrElse(problems::add, () -> accepted.add(option));
        }
        return new LongOptions(accepted, problems);
    }

    /**
     * Arguments {@code --key=value} of a custom method's script.
     *
     * @param section the method's section, as YAML or JSON gave it
     * @param without keys that are not for the script
     */
    public static List<String> forScript(Map<String, ?> section, Set<String> without) {
        List<String> arguments = new ArrayList<>();
        section.forEach((key, value) -> {
            if (!without.contains(key)) {
                arguments.add("--" + key + "=" + text(value));
            }
        });
        return arguments;
    }

    private static void fromItem(@Nullable Object item, Program program, List<String> options, List<String> problems) {
        if (item instanceof String name) {
            options.add("--" + name);
        } else if (item instanceof Map<?, ?> pair
                && pair.size() == 1
                && pair.values().iterator().next() instanceof String value) {
            options.add("--" + pair.keySet().iterator().next() + "=" + CommandLine.unquote(value));
        } else if (item instanceof Map<?, ?> pair
                && pair.size() == 1
                && (pair.values().iterator().next() instanceof Number
                        || pair.values().iterator().next() instanceof Boolean)) {
            options.add("--" + pair.keySet().iterator().next() + "="
                    + text(pair.values().iterator().next()));
        } else {
            problems.add("an option of " + program.name + " is neither a name nor one name with a text as value");
        }
    }

    private static Optional<String> problem(String option, Program program, PostgresVersion version) {
        int equals = option.indexOf('=');
        String name =
                option.substring(Math.min(2, option.length()), equals < 0 ? option.length() : Math.max(2, equals));
        String shown = "the option '" + Conninfo.printable(name) + "' of " + program.name;
        if (!option.startsWith("--") || !NAME.matcher(name).matches() || option.indexOf('\0') >= 0) {
            return Optional.of(shown + " is not a long option");
        }
        // Programs take any unambiguous beginning of an option's name.
        if (program.forbidden().stream().anyMatch(forbidden -> forbidden.startsWith(name))) {
            return Optional.of(shown + " is not allowed: pgha sets it");
        }
        if (program == Program.PG_BASEBACKUP && name.startsWith("com") && "compress".startsWith(name)) {
            String value = equals < 0 ? "" : option.substring(equals + 1);
            if (!version.serverSideCompression() || !value.startsWith("server")) {
                return Optional.of(shown + " is only allowed from PostgreSQL 15 on, and only on the server's side");
            }
        }
        return Optional.empty();
    }

    /** Booleans as scripts written for Patroni know them. */
    private static String text(@Nullable Object value) {
        if (value instanceof Boolean bool) {
            return bool ? "True" : "False";
        }
        return value == null ? "" : value.toString();
    }
}
