package io.pgha.config.schema;

import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of value a key takes, and within which bounds.
 *
 * @param kind the kind
 * @param least smallest number
 * @param most largest number
 * @param choices the words of {@link Kind#ENUM} and {@link Kind#BOOL_OR}
 */
public record ValueType(Kind kind, OptionalLong least, OptionalLong most, List<String> choices) {

    /** Kinds of values, each with how it is described to operators. */
    public enum Kind {
        TEXT("a text"),
        BOOL("on or off"),
        INT("a whole number"),
        SECONDS("a whole number of seconds, or a time such as 30s or 5min"),
        BYTES("a whole number of bytes, or a size such as 16MB"),
        ENUM("one of"),
        BOOL_OR("on, off or one of"),
        ADDRESS("host:port that others can reach, for example 10.0.0.1:5432"),
        ADDRESS_ANY("host:port, for example 10.0.0.1:8008 or *:8008"),
        LISTEN("addresses and a port, for example 10.0.0.1,127.0.0.1:5432 or *:5432"),
        HOST("host or host:port"),
        HOSTS("a list, or a text in which commas separate the hosts"),
        URL("http://host:port or https://host:port"),
        PATH("a path"),
        COMMAND("a command line"),
        LIST("a list"),
        LINES("a list of lines"),
        OPTIONS("a list of options (\"- name\" or \"- name: value\") or a mapping"),
        MAP("a mapping (keys with values)"),
        TEXT_OR_LIST("a text or a list"),
        ANY("any value");

        private final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    /** What is said of a value. */
    public enum Verdict {
        FITS,
        WRONG_TYPE,
        OUT_OF_RANGE
    }

    private static final Pattern NOTATION = Pattern.compile("([a-z-]+)(?:\\(([^)]*)\\))?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<host>\\[[0-9a-fA-F:.%]+]|[^\\s\\[\\]:,]*|[0-9a-fA-F:]+):(?<port>\\d{1,5})");
    private static final Pattern LISTEN = Pattern.compile("(?<host>[^\\s]+?)(:(?<port>\\d{1,5}))?");

    public ValueType {
        choices = List.copyOf(choices);
    }

    /** Reads the notation of the schema: {@code int(0..65535)}, {@code enum(a,b)}, {@code text}. */
    static ValueType parse(String notation) {
        Matcher matcher = NOTATION.matcher(notation);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a type: " + notation);
        }
        Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        String inner = matcher.group(2);
        if (inner == null) {
            return new ValueType(kind, OptionalLong.empty(), OptionalLong.empty(), List.of());
        }
        int dots = inner.indexOf("..");
        if (dots < 0) {
            return new ValueType(kind, OptionalLong.empty(), OptionalLong.empty(), List.of(inner.split(",", -1)));
        }
        return new ValueType(kind, bound(inner.substring(0, dots)), bound(inner.substring(dots + 2)), List.of());
    }

    /** Whether the value, which is not null, is of this type and within the bounds. */
    public Verdict judge(Object value) {
        boolean fits = switch (kind) {
            case INT, SECONDS, BYTES -> {
                OptionalLong number = number(value);
                if (number.isPresent() && outside(number.getAsLong())) {
                    yield false;
                }
                yield number.isPresent();
            }
            case BOOL -> SettingValue.bool(value).isPresent();
            case ENUM -> choices.contains(lower(value));
            case BOOL_OR -> SettingValue.bool(value).isPresent() || choices.contains(lower(value));
            case TEXT, PATH, COMMAND -> scalar(value);
            case ADDRESS, ADDRESS_ANY -> address(value);
            case LISTEN -> listen(value);
            case HOST ->
                scalar(value)
                        && !value.toString().isBlank()
                        && !value.toString().contains(",");
            case HOSTS, LIST, LINES, TEXT_OR_LIST -> scalar(value) || scalars(value);
            case URL -> url(value);
            case OPTIONS -> value instanceof List || value instanceof Map;
            case MAP -> value instanceof Map;
            case ANY -> true;
        };
        if (fits) {
            return Verdict.FITS;
        }
        return number(value).isPresent() && bounded() ? Verdict.OUT_OF_RANGE : Verdict.WRONG_TYPE;
    }

    /** The number nearest to the value within the bounds. */
    public long nearest(Object value) {
        long number = number(value).orElseThrow();
        return Math.min(Math.max(number, least.orElse(Long.MIN_VALUE)), most.orElse(Long.MAX_VALUE));
    }

    /** What a value should look like, as it is told to operators. */
    public String expected() {
        String text = choices.isEmpty() ? kind.description : kind.description + " " + String.join(", ", choices);
        if (least.isPresent() && most.isPresent()) {
            return text + ", " + least.getAsLong() + " to " + most.getAsLong();
        }
        return least.isPresent() ? text + ", at least " + least.getAsLong() : text;
    }

    private boolean bounded() {
        return least.isPresent() || most.isPresent();
    }

    private OptionalLong number(Object value) {
        return switch (kind) {
            case INT -> SettingValue.integer(value);
            case SECONDS -> SettingValue.integer(value, Unit.SECONDS);
            case BYTES -> SettingValue.integer(value, Unit.BYTES);
            default -> OptionalLong.empty();
        };
    }

    private boolean outside(long number) {
        return number < least.orElse(Long.MIN_VALUE) || number > most.orElse(Long.MAX_VALUE);
    }

    private boolean address(Object value) {
        Matcher matcher = ADDRESS.matcher(value.toString().trim());
        if (!scalar(value) || !matcher.matches()) {
            return false;
        }
        boolean named = kind == Kind.ADDRESS_ANY || !matcher.group("host").isEmpty();
        return named && port(matcher.group("port"));
    }

    private static boolean listen(Object value) {
        Matcher matcher = LISTEN.matcher(value.toString().trim());
        return scalar(value)
                && matcher.matches()
                && (matcher.group("port") == null || port(matcher.group("port")))
                && !matcher.group("host").matches(".*:|:.*[^0-9a-fA-F:].*");
    }

    private static boolean port(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= 65535;
    }

    private static boolean url(Object value) {
        try {
            URI uri = new URI(value.toString().trim());
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean scalar(Object value) {
        return !(value instanceof Map) && !(value instanceof List);
    }

    private static boolean scalars(Object value) {
        return value instanceof List;
    }

    private static String lower(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private static OptionalLong bound(String text) {
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }
}
