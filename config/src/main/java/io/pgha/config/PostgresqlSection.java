package io.pgha.config;

import io.pgha.config.value.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code postgresql}, the local one or the merged one (facts §2.6). */
final class PostgresqlSection {

    private static final List<String> LIBPQ = List.of(
            "sslmode",
            "sslcert",
            "sslkey",
            "sslrootcert",
            "sslcrl",
            "sslcrldir",
            "gssencmode",
            "channel_binding",
            "sslnegotiation");
    private static final List<String> METHOD_KEYS = List.of("command", "keep_data", "no_params", "no_leader");
    private static final List<String> EVENTS =
            List.of("on_start", "on_stop", "on_restart", "on_reload", "on_role_change");

    private final Values section;

    private PostgresqlSection(Values section) {
        this.section = section;
    }

    static PostgresqlConfig read(Values section, boolean useSlots) {
        return new PostgresqlSection(section).config(useSlots);
    }

    private PostgresqlConfig config(boolean useSlots) {
        ListenAddress listen = section.filled("listen")
                .flatMap(ListenAddress::parse)
                .orElse(new ListenAddress(List.of("localhost"), 5432));
        return new PostgresqlConfig(
                listen,
                section.filled("connect_address")
                        .flatMap(text -> HostPort.parse(text, listen.port()))
                        .orElse(new HostPort(listen.addresses().get(0), listen.port())),
                section.filled("proxy_address").flatMap(text -> HostPort.parse(text, listen.port())),
                section.filled("database").orElse("postgres"),
                files(),
                authentication(),
                new PostgresqlConfig.Connections(
                        section.bool("use_unix_socket", false),
                        section.bool("use_unix_socket_repl", false),
                        section.filled("krbsrvname")),
                new PostgresqlConfig.Server(section, section.settings("recovery_conf"), useSlots),
                new PostgresqlConfig.Copying(
                        methods(), CommandOptions.of(section.map().get("basebackup"))),
                new PostgresqlConfig.Rewinding(
                        section.bool("use_pg_rewind", section.has("pg_rewind")),
                        CommandOptions.of(section.map().get("rewind")),
                        section.seconds("rejoin_timeout", Duration.ofMinutes(30)),
                        section.bool("remove_data_directory_on_rewind_failure", false),
                        section.bool("remove_data_directory_on_diverged_timelines", false)),
                new PostgresqlConfig.Hooks(callbacks(), section.filled("pre_promote"), section.filled("before_stop")),
                section.seconds("pg_ctl_timeout", Duration.ofSeconds(60)));
    }

    private PostgresqlConfig.Files files() {
        Path dataDir = Path.of(section.filled("data_dir").orElse("data"));
        return new PostgresqlConfig.Files(
                dataDir,
                Sections.path(section, "config_dir").orElse(dataDir),
                section.filled("config_base_name").orElse("postgresql"),
                section.filled("custom_conf"),
                Sections.path(section, "bin_dir"),
                section.settings("bin_name"),
                Sections.path(section, "pgpass").orElse(Path.of(System.getProperty("user.home", "."), "pgpass")));
    }

    // Without "authentication" the old keys directly below postgresql are used (facts §2.1).
    private Authentication authentication() {
        boolean oldStyle = !section.has("authentication");
        Values from = oldStyle ? section : section.section("authentication");
        String rewind = oldStyle ? "pg_rewind" : "rewind";
        return new Authentication(
                role(from.section("superuser")),
                role(from.section("replication")),
                from.section(rewind).filled("username").map(user -> role(from.section(rewind))));
    }

    private static Authentication.Role role(Values section) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name : LIBPQ) {
            section.filled(name).ifPresent(value -> parameters.put(name, value));
        }
        return new Authentication.Role(
                section.filled("username"), section.secret("password"), parameters, section.secret("sslpassword"));
    }

    private List<PostgresqlConfig.ReplicaMethod> methods() {
        List<String> names = section.separated(
                section.has("create_replica_methods") ? "create_replica_methods" : "create_replica_method");
        List<PostgresqlConfig.ReplicaMethod> methods = new ArrayList<>();
        for (String name : names.isEmpty() ? List.of("basebackup") : names) {
            Values method = section.section(name);
            methods.add(new PostgresqlConfig.ReplicaMethod(
                    name,
                    method.filled("command").orElse(name),
                    method.bool("keep_data", false),
                    method.bool("no_params", false),
                    method.bool("no_leader", false),
                    Sections.remaining(method, METHOD_KEYS)));
        }
        return methods;
    }

    private Map<String, String> callbacks() {
        Map<String, String> result = new LinkedHashMap<>();
        Values callbacks = section.section("callbacks");
        for (String event : EVENTS) {
            Optional<String> command = callbacks.filled(event);
            command.ifPresent(text -> result.put(event, text));
        }
        return result;
    }
}
