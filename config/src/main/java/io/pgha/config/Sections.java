package io.pgha.config;

import io.pgha.config.value.Secret;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import io.pgha.config.value.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the smaller sections of a validated configuration into their records; what is missing gets its default. */
final class Sections {

    private Sections() {}

    static CtlConfig ctl(Values local) {
        Values ctl = local.section("ctl");
        Values restapi = local.section("restapi");
        return new CtlConfig(
                login(ctl).or(() -> login(restapi)),
                ctl.bool("insecure", false),
                path(ctl, "cacert").or(() -> path(restapi, "cafile")),
                path(ctl, "certfile"),
                path(ctl, "keyfile"),
                ctl.secret("keyfile_password"));
    }

    /** {@code authentication.username/password}, or the short form {@code auth: "user:password"}. */
    static Optional<EtcdConfig.Login> login(Values section) {
        Values authentication = section.section("authentication");
        Optional<EtcdConfig.Login> full = authentication
                .filled("username")
                .flatMap(user -> authentication.secret("password").map(secret -> new EtcdConfig.Login(user, secret)));
        return full.or(() -> section.filled("auth")
                .filter(auth -> auth.contains(":"))
                .map(auth -> {
                    String[] parts = auth.split(":", 2);
                    return new EtcdConfig.Login(parts[0], new Secret(parts[1]));
                }));
    }

    static RestApiConfig restApi(Values local) {
        Values section = local.section("restapi");
        HostPort listen = section.filled("listen")
                .flatMap(text -> HostPort.parse(text, 8008))
                .orElse(new HostPort("", 8008));
        return new RestApiConfig(
                listen,
                section.filled("connect_address")
                        .flatMap(text -> HostPort.parse(text, listen.port()))
                        .orElse(listen),
                login(section),
                new RestApiConfig.Tls(
                        path(section, "certfile"),
                        path(section, "keyfile"),
                        section.secret("keyfile_password"),
                        path(section, "cafile"),
                        section.filled("ciphers"),
                        verifyClient(section)),
                new RestApiConfig.Access(
                        section.separated("allowlist"), section.bool("allowlist_include_members", false)),
                new RestApiConfig.Headers(
                        section.settings("http_extra_headers"), section.settings("https_extra_headers")),
                section.small("request_queue_size", 5),
                section.small("thread_pool_size", local.small("thread_pool_size", 5)),
                section.filled("server_tokens").orElse("original").toLowerCase(Locale.ROOT));
    }

    /** A configuration that only hactl reads has no name, or does not say where an agent listens. */
    static Optional<AgentAddress> agent(Values local) {
        Values section = local.section("restapi");
        boolean listens = section.filled("listen").isPresent()
                || section.filled("connect_address").isPresent();
        return local.filled("name")
                .filter(name -> listens)
                .map(name -> new AgentAddress(name, restApi(local).apiUrl()));
    }

    private static RestApiConfig.VerifyClient verifyClient(Values section) {
        return switch (section.text("verify_client").orElse("none").toLowerCase(Locale.ROOT)) {
            case "required" -> RestApiConfig.VerifyClient.REQUIRED;
            case "optional" -> RestApiConfig.VerifyClient.OPTIONAL;
            default -> RestApiConfig.VerifyClient.NONE;
        };
    }

    static LogConfig log(Values local) {
        Values section = local.section("log");
        Optional<LogConfig.LogFile> file = path(section, "dir")
                .map(directory -> new LogConfig.LogFile(
                        directory,
                        mode(section),
                        section.small("file_num", 4),
                        SettingValue.integer(section.map().get("file_size"), Unit.BYTES)
                                .orElse(25_000_000L)));
        return new LogConfig(
                "json".equalsIgnoreCase(section.text("type").orElse("")) ? LogConfig.Type.JSON : LogConfig.Type.PLAIN,
                level(section.text("level").orElse("INFO")),
                level(section.text("traceback_level").orElse("ERROR")),
                formats(section),
                section.filled("dateformat"),
                section.settings("static_fields"),
                section.small("max_queue_size", 1000),
                file,
                section.settings("loggers"),
                section.bool("deduplicate_heartbeat_logs", false));
    }

    // A list of fields for JSON; an entry {field: name} stands for "field=name".
    private static List<String> formats(Values section) {
        if (!(section.map().get("format") instanceof List<?> list)) {
            return section.texts("format");
        }
        return list.stream()
                .flatMap(item -> item instanceof Map<?, ?> renames
                        ? renames.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                        : java.util.stream.Stream.ofNullable(item).map(Object::toString))
                .toList();
    }

    private static String level(String written) {
        return switch (written.toUpperCase(Locale.ROOT)) {
            case "DEBUG" -> "DEBUG";
            case "WARN", "WARNING" -> "WARNING";
            case "ERROR" -> "ERROR";
            case "FATAL", "CRITICAL" -> "CRITICAL";
            default -> "INFO";
        };
    }

    private static Optional<Integer> mode(Values section) {
        var value = SettingValue.integer(section.map().get("mode"));
        return value.isPresent() ? Optional.of((int) value.getAsLong() & 0777) : Optional.empty();
    }

    static WatchdogConfig watchdog(Values local) {
        Values section = local.section("watchdog");
        long margin = section.integer("safety_margin", 5);
        return new WatchdogConfig(
                watchdogMode(section.text("mode").orElse("automatic").toLowerCase(Locale.ROOT)),
                section.filled("device").orElse("/dev/watchdog"),
                margin < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(margin)),
                section.filled("driver").orElse("default"));
    }

    private static WatchdogConfig.Mode watchdogMode(String written) {
        return switch (written) {
            case "off", "false", "no", "0", "disable", "disabled" -> WatchdogConfig.Mode.OFF;
            case "required", "require" -> WatchdogConfig.Mode.REQUIRED;
            default -> WatchdogConfig.Mode.AUTOMATIC;
        };
    }

    static Optional<CitusConfig> citus(Values local) {
        Values section = local.section("citus");
        int group = section.small("group", -1);
        return group < 0
                ? Optional.empty()
                : section.filled("database").map(database -> new CitusConfig(group, database));
    }

    static Optional<Path> path(Values section, String key) {
        return section.filled(key).map(Path::of);
    }

    /** Scalar entries but the named ones, as texts: what is passed on to a command as {@code --key=value}. */
    static Map<String, String> remaining(Values section, List<String> known) {
        Map<String, String> result = new LinkedHashMap<>();
        section.map().forEach((key, value) -> {
            if (value != null && !known.contains(key) && !(value instanceof Map) && !(value instanceof List)) {
                result.put(key, value.toString());
            }
        });
        return result;
    }
}
