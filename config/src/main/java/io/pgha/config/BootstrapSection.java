package io.pgha.config;

import io.pgha.config.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code bootstrap} (facts §2.7). */
final class BootstrapSection {

    private static final List<String> OWN_KEYS =
            List.of("command", "no_params", "keep_existing_recovery_conf", "recovery_conf", "scope", "datadir");

    private BootstrapSection() {}

    static Optional<BootstrapConfig> read(Values local) {
        if (!local.has("bootstrap")) {
            return Optional.empty();
        }
        Values section = local.section("bootstrap");
        return Optional.of(new BootstrapConfig(
                dcs(local),
                section.filled("method").filter(name -> !name.equals("initdb")).flatMap(name -> method(section, name)),
                CommandOptions.of(section.map().get("initdb")),
                section.texts("pg_hba"),
                section.filled("post_bootstrap").or(() -> section.filled("post_init")),
                users(section.section("users"))));
    }

    // In a Citus cluster synchronous_mode defaults to quorum (facts §2.1).
    private static DynamicConfig dcs(Values local) {
        Map<String, Object> dcs =
                new LinkedHashMap<>(local.section("bootstrap").section("dcs").map());
        if (local.has("citus")) {
            dcs.putIfAbsent("synchronous_mode", "quorum");
        }
        return new DynamicConfig(dcs);
    }

    // A section without command means initdb (facts §2.7).
    private static Optional<BootstrapConfig.Method> method(Values section, String name) {
        Values method = section.section(name);
        return method.filled("command")
                .map(command -> new BootstrapConfig.Method(
                        name,
                        command,
                        method.bool("no_params", false),
                        method.bool("keep_existing_recovery_conf", false),
                        method.settings("recovery_conf"),
                        Sections.remaining(method, OWN_KEYS)));
    }

    private static List<BootstrapConfig.User> users(Values section) {
        List<BootstrapConfig.User> users = new ArrayList<>();
        section.map().forEach((name, value) -> {
            Values user = Values.of(value);
            users.add(new BootstrapConfig.User(name, user.secret("password"), user.texts("options")));
        });
        return users;
    }
}
