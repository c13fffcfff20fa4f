package io.pgha.postgres.conf;

import io.pgha.postgres.version.PostgresVersion;
import io.pgha.postgres.version.VersionRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What may be written into postgresql.conf, by PostgreSQL version (facts, appendix A; the resource
 * {@code guc-table.txt} of core, which the configuration is judged by, too). A server that reads a wrong line does not start, so a wrong value must not get there.
 */
public final class GucTable {
    /** Names that a configuration file can carry; a custom one has exactly one dot. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)?");

    private static final GucTable STANDARD = new GucTable(resource());

    private final Map<String, List<Guc>> byName = new HashMap<>();

    GucTable(String text) {
        boolean recovery = false;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[")) {
                recovery = line.equals("[recovery]");
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                Guc guc = entry(line, recovery);
                byName.computeIfAbsent(key(guc.name()), name -> new ArrayList<>())
                        .add(guc);
            }
        }
    }

    /** The table of appendix A. */
    public static GucTable standard() {
        return STANDARD;
    }

    /**
     * Whether, and with what value, an ordinary parameter may be written.
     *
     * @param describedByServer names that {@code postgres --describe-config} lists; any case
     */
    public GucVerdict check(String name, String value, PostgresVersion version, Set<String> describedByServer) {
        String shown = Conninfo.printable(name);
        if (!NAME.matcher(name).matches()) {
            return new GucVerdict.Dropped("removed the parameter '" + shown + "': this is not a parameter's name");
        }
        if (value.indexOf('\0') >= 0) {
            return new GucVerdict.Dropped("removed the parameter " + shown + ": its value has a zero byte");
        }
        if (isRecovery(name)) {
            return new GucVerdict.Dropped("removed the parameter " + shown + ": it belongs into recovery_conf");
        }
        Optional<Guc> guc = find(name, version);
        if (guc.isPresent()) {
            return check(guc.get(), value);
        }
        boolean known = (name.indexOf('.') >= 0 && !byName.containsKey(key(name)))
                || describedByServer.stream().anyMatch(name::equalsIgnoreCase);
        return known
                ? new GucVerdict.Kept(value)
                : new GucVerdict.Dropped(
                        "removed the parameter " + shown + ": PostgreSQL " + version + " does not know it");
    }

    /** The same for a recovery setting; {@link GucVerdict.Dropped} also for ordinary parameters. */
    public GucVerdict checkRecovery(String name, String value, PostgresVersion version) {
        Optional<Guc> guc = isRecovery(name) && value.indexOf('\0') < 0 ? find(name, version) : Optional.empty();
        return guc.<GucVerdict>map(found -> check(found, value))
                .orElseGet(() -> new GucVerdict.Dropped("removed the recovery setting '" + Conninfo.printable(name)
                        + "': PostgreSQL " + version + " does not know it"));
    }

    /** Whether it is a recovery setting in any version; these never stand among ordinary parameters. */
    public boolean isRecovery(String name) {
        return byName.getOrDefault(key(name), List.of()).stream().anyMatch(Guc::recovery);
    }

    /** Names of the recovery settings that a version knows. */
    public List<String> recoveryNames(PostgresVersion version) {
        return byName.values().stream()
                .flatMap(List::stream)
                .filter(guc -> guc.recovery() && guc.versions().contains(version))
                .map(Guc::name)
                .sorted()
                .toList();
    }

    /** The name as PostgreSQL spells it, where the table has it; names are not case-sensitive. */
    public String canonicalName(String name) {
        List<Guc> entries = byName.get(key(name));
        return entries == null ? name : entries.get(0).name();
    }

    /**
     * Whether a wanted value means the same as one from {@code pg_settings}: {@code 128MB} is {@code 16384} blocks,
     * {@code true} is {@code on} (facts §6.5).
     *
     * @param unit column unit; empty text for null
     * @param vartype column vartype: bool, integer, real, enum or string
     */
    public boolean sameValue(String name, String wanted, String live, String unit, String vartype) {
        if (wanted.equals(live)) {
            return true;
        }
        return switch (vartype) {
            case "bool" -> bool(wanted).isPresent() && bool(wanted).equals(bool(live));
            case "integer", "real" -> sameNumber(wanted, live, unit, vartype.equals("integer"));
            case "enum" -> sameWord(key(name), wanted, live);
            default -> false;
        };
    }

    Optional<Guc> find(String name, PostgresVersion version) {
        return byName.getOrDefault(key(name), List.of()).stream()
                .filter(guc -> guc.versions().contains(version))
                .findFirst();
    }

    /** A boolean as PostgreSQL's configuration writes it. */
    static Optional<Boolean> bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> Optional.of(true);
            case "off", "false", "no", "0" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static GucVerdict check(Guc guc, String value) {
        boolean fits = switch (guc.type()) {
            case STRING -> true;
            case BOOL -> bool(value).isPresent();
            case ENUM -> guc.words().contains(key(value));
            case ENUMBOOL -> guc.words().contains(key(value)) || bool(value).isPresent();
            case INTEGER, REAL ->
                GucNumber.parse(value, guc.unit(), guc.integral()).isPresent();
        };
        if (!fits) {
            return new GucVerdict.Dropped("removed the parameter " + guc.name() + ": '" + Conninfo.printable(value)
                    + "' is not " + expectation(guc));
        }
        return guc.type() == Guc.Type.INTEGER || guc.type() == Guc.Type.REAL
                ? inRange(guc, value)
                : new GucVerdict.Kept(value);
    }

    private static GucVerdict inRange(Guc guc, String value) {
        double number = GucNumber.parse(value, guc.unit(), guc.integral()).orElseThrow();
        if (number >= guc.min() && number <= guc.max()) {
            return new GucVerdict.Kept(value);
        }
        String bound = GucNumber.text(number < guc.min() ? guc.min() : guc.max());
        return new GucVerdict.Clamped(
                bound,
                "the value " + Conninfo.printable(value) + " of the parameter " + guc.name() + " is too "
                        + (number < guc.min() ? "low" : "high") + ": using " + bound
                        + (guc.unit().isEmpty() ? "" : " (in units of " + guc.unit() + ")"));
    }

    private static String expectation(Guc guc) {
        return switch (guc.type()) {
            case BOOL -> "a boolean";
            case INTEGER, REAL -> "a number" + (guc.unit().isEmpty() ? "" : " or a number with a unit");
            case ENUM, ENUMBOOL ->
                "one of "
                        + guc.words().stream()
                                .sorted()
                                .map(word -> word.isEmpty() ? "''" : word)
                                .collect(Collectors.joining(", "))
                        + (guc.type() == Guc.Type.ENUMBOOL ? ", or a boolean" : "");
            case STRING -> "a text";
        };
    }

    private static boolean sameNumber(String wanted, String live, String unit, boolean integral) {
        OptionalDouble a = GucNumber.parse(wanted, unit, integral);
        OptionalDouble b = GucNumber.parse(live, unit, integral);
        return a.isPresent()
                && b.isPresent()
                && (integral ? a.getAsDouble() == b.getAsDouble() : GucNumber.same(a.getAsDouble(), b.getAsDouble()));
    }

    private static boolean sameWord(String name, String wanted, String live) {
        if (name.equals("wal_level")) {
            return ServerParameters.walLevel(wanted).equals(ServerParameters.walLevel(live));
        }
        return wanted.equalsIgnoreCase(live)
                || (bool(wanted).isPresent() && bool(wanted).equals(bool(live)));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Guc entry(String line, boolean recovery) {
        String[] words = line.split(" +", -1);
        Guc.Type type = Guc.Type.valueOf(words[1].toUpperCase(Locale.ROOT));
        VersionRange versions = words[2].equals("*") ? VersionRange.ALL : VersionRange.parse(words[2]);
        String values = words.length > 3 ? words[3] : "";
        boolean number = type == Guc.Type.INTEGER || type == Guc.Type.REAL;
        String[] bounds = number ? values.split("\\.\\.", 2) : new String[] {"0", "0"};
        Set<String> allowed = type == Guc.Type.ENUM || type == Guc.Type.ENUMBOOL
                ? Arrays.stream(values.split("\\|", -1))
                        .map(word -> word.replace('+', ' '))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
        return new Guc(
                words[0],
                type,
                versions,
                Double.parseDouble(bounds[0]),
                Double.parseDouble(bounds[1]),
                words.length > 4 ? words[4] : "",
                allowed,
                recovery);
    }

    private static String resource() {
        try (InputStream in = GucTable.class.getResourceAsStream("/io/pgha/core/guc-table.txt")) {
            if (in == null) {
                throw new IllegalStateException("guc-table.txt is missing in the module core");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
