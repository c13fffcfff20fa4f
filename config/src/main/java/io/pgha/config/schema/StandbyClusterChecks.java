package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Values;
import io.pgha.core.model.SlotName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The values below {@code standby_cluster} (facts §2.3). As soon as one of them switches it on, the primary becomes a standby of what
 * they name: a slip of the pen takes the only primary away.
 */
final class StandbyClusterChecks {
    private static final String PORTS = "a port from 1 to 65535, or one for each host with commas between";

    private final Findings findings;

    StandbyClusterChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Values standby, KeyPath at) {
        standby.map().forEach((key, value) -> {
            if (value != null) {
                complaint(key, value)
                        .ifPresent(expected ->
                                findings.error(at.child(key), "is " + KeyChecks.shown(value), expected, ""));
            }
        });
        Optional<String> hosts = standby.filled("host");
        standby.filled("port").filter(ports -> ports.contains(",")).ifPresent(ports -> {
            if (parts(ports).length != hosts.map(names -> parts(names).length).orElse(1)) {
                findings.error(at.child("port"), "has not as many ports as host has hosts", PORTS, "");
            }
        });
        slot(standby, at.child("primary_slot_name"));
    }

    /** What is expected instead of the value; empty: it is usable. */
    private static Optional<String> complaint(String key, Object value) {
        return switch (key) {
            case "host" ->
                unless(hosts(value), "a text: the name or address of a host, or several with commas between");
            case "port" -> unless(ports(value), PORTS);
            case "restore_command", "archive_cleanup_command" -> unless(isLine(value), "a command line");
            case "primary_slot_name" -> unless(isLine(value), "a text");
            case "create_replica_methods" -> unless(methods(value), "a list of names");
            case "recovery_min_apply_delay" ->
                value.equals("")
                        ? Optional.empty()
                        : GucTypes.broken(key, value).or(() -> GucTypes.outside(key, value));
            default -> Optional.empty();
        };
    }

    private void slot(Values standby, KeyPath path) {
        standby.filled(path.name())
                .filter(name -> !SlotName.isValid(name))
                .ifPresent(name -> findings.warning(
                        path,
                        "is " + KeyChecks.shown(name) + ", no name for a slot",
                        "up to 63 lower-case letters, digits and _",
                        "the slot " + SlotName.of(name) + " is used"));
    }

    private static boolean hosts(Object value) {
        if (!isLine(value)) {
            return false;
        }
        String text = value.toString();
        return text.isEmpty()
                || List.of(parts(text)).stream()
                        .map(String::trim)
                        .noneMatch(host -> host.isEmpty()
                                || host.chars().anyMatch(c -> Character.isWhitespace(c) || c == '\'' || c == '"'));
    }

    private static boolean ports(Object value) {
        if (value instanceof Map || value instanceof List || value instanceof Boolean || value instanceof Double) {
            return false;
        }
        String text = value.toString();
        return text.isEmpty() || List.of(parts(text)).stream().allMatch(StandbyClusterChecks::isPort);
    }

    private static boolean isPort(String text) {
        OptionalLong port = text.trim().matches("\\d{1,5}") ? SettingValue.integer(text.trim()) : OptionalLong.empty();
        return port.isPresent() && port.getAsLong() >= 1 && port.getAsLong() <= 65_535;
    }

    private static boolean methods(Object value) {
        return value instanceof List<?> names
                ? names.stream()
                        .allMatch(name -> isLine(name) && !String.valueOf(name).isBlank())
                : isLine(value);
    }

    private static boolean isLine(@org.jspecify.annotations.Nullable Object value) {
        return value instanceof String text && text.chars().noneMatch(Character::isISOControl);
    }

    private static Optional<String> unless(boolean usable, String expected) {
        return usable ? Optional.empty() : Optional.of(expected);
    }

    private static String[] parts(String text) {
        return text.split(",", -1);
    }
}
