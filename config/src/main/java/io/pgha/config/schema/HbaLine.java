package io.pgha.config.schema;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of pg_hba.conf: whether PostgreSQL would take it. It refuses to load a file with one wrong line in it. */
final class HbaLine {
    static final List<String> TYPES = List.of("local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc");

    private static final Set<String> METHODS = Set.of(
            "trust",
            "reject",
            "md5",
            "password",
            "scram-sha-256",
            "gss",
            "sspi",
            "ident",
            "peer",
            "ldap",
            "radius",
            "cert",
            "pam",
            "bsd",
            "oauth");
    private static final Set<String> INCLUDES = Set.of("include", "include_if_exists", "include_dir");
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|[^\\s\"])+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]+");

    private HbaLine() {}

    /** What is wrong with it; empty when it is usable, or is no rule. */
    static Optional<String> complaint(@Nullable Object written) {
        Optional<String> unreadable = unreadable(written);
        List<String> words = words(String.valueOf(written).trim());
        if (unreadable.isPresent() || isRemark(words) || INCLUDES.contains(words.get(0))) {
            return unreadable;
        }
        String type = words.get(0);
        if (!TYPES.contains(type)) {
            return Optional.of("begins with none of " + String.join(", ", TYPES));
        }
        int at = type.equals("local") ? 3 : 4;
        // An address may be written as address and mask.
        if (at == 4
                && words.size() > 5
                && !METHODS.contains(words.get(4))
                && ADDRESS.matcher(words.get(4)).matches()) {
            at = 5;
        }
        if (words.size() <= at) {
            return Optional.of("is too short for a line of type " + type);
        }
        return METHODS.contains(unquoted(words.get(at)))
                ? Optional.empty()
                : Optional.of("names no way to authenticate that PostgreSQL knows");
    }

    /** What is wrong with a line of pg_ident.conf; empty when it is usable, or is no entry. */
    static Optional<String> complaintOfMap(@Nullable Object written) {
        Optional<String> unreadable = unreadable(written);
        List<String> words = words(String.valueOf(written).trim());
        if (unreadable.isPresent() || isRemark(words) || INCLUDES.contains(words.get(0))) {
            return unreadable;
        }
        return words.size() < 3 ? Optional.of("has no three words") : Optional.empty();
    }

    /** Whether PostgreSQL finds something in it; a file without any entry keeps it from starting. */
    static boolean isEntry(@Nullable Object written) {
        return !isRemark(words(String.valueOf(written).trim()));
    }

    private static Optional<String> unreadable(@Nullable Object written) {
        if (!(written instanceof String line)) {
            return Optional.of("is not a line of text");
        }
        return line.trim().chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)
                ? Optional.of("contains a line break")
                : Optional.empty();
    }

    private static boolean isRemark(List<String> words) {
        return words.isEmpty() || words.get(0).startsWith("#");
    }

    /** Whether it lets somebody in for replication. */
    static boolean admitsReplication(@Nullable Object written) {
        List<String> words = written instanceof String line ? words(line.trim()) : List.of();
        return words.size() > 3
                && TYPES.contains(words.get(0))
                && List.of(words.get(1).split(",", -1)).contains("replication")
                && !words.contains("reject");
    }

    private static List<String> words(String line) {
        Matcher matcher = WORD.matcher(line);
        return matcher.results().map(result -> result.group()).toList();
    }

    private static String unquoted(String word) {
        return word.replace("\"", "");
    }
}
