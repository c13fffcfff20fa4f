package io.pgha.postgres.conf;

import io.pgha.postgres.version.PostgresVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what a running standby does with what it should do (facts §6.6). Pure. */
public final class RecoveryComparison {
    /** Settings that an operator may have in a file of his own; they are left alone there. */
    private static final Set<String> OPERATORS = Set.of(
            "archive_cleanup_command",
            "promote_trigger_file",
            "recovery_end_command",
            "recovery_min_apply_delay",
            "restore_command");

    /** Without a target these have no effect. */
    private static final Set<String> ONLY_WITH_TARGET = Set.of("recovery_target_action", "recovery_target_inclusive");

    private final LiveRecovery live;
    private final RecoverySettings wanted;
    private final String password;
    private final PostgresVersion version;

    private RecoveryComparison(LiveRecovery live, RecoverySettings wanted, String password, PostgresVersion version) {
        this.live = live;
        this.wanted = wanted;
        this.password = password;
        this.version = version;
    }

    /**
     * What has to be done.
     *
     * @param password of the replication role; empty text: none
     */
    public static RecoveryChange between(
            LiveRecovery live, RecoverySettings wanted, String password, PostgresVersion version) {
        return new RecoveryComparison(live, wanted, password, version).result();
    }

    private RecoveryChange result() {
        if (!live.signalFile() || live.settings().isEmpty()) {
            return RecoveryChange.RESTART;
        }
        RecoveryChange change = RecoveryChange.NONE;
        for (String name : GucTable.standard().recoveryNames(version)) {
            if (differs(name)) {
                change = change.and(cost(name));
            }
        }
        return change;
    }

    private boolean differs(String name) {
        String value = wanted.values().get(name);
        return switch (name) {
            case "standby_mode" -> GucTable.bool(live.value(name)).orElse(false) != wanted.standby();
            case "primary_conninfo" -> !sameConninfo(value == null ? "" : value);
            case "primary_slot_name" ->
                !live.receiverSlot()
                        .filter(slot -> live.receiverConninfo().isPresent())
                        .orElseGet(() -> live.value(name))
                        .equals(value == null ? "" : value);
            default -> value == null ? wronglySet(name) : !sameAs(name, value);
        };
    }

    private boolean wronglySet(String name) {
        ServerSetting setting = live.settings().get(name);
        if (setting == null || ONLY_WITH_TARGET.contains(name)) {
            return false;
        }
        boolean foreign = OPERATORS.contains(name)
                && setting.sourceFile().isPresent()
                && !live.managedFiles().contains(setting.sourceFile().get());
        return !foreign && !sameAs(name, name.equals("recovery_min_apply_delay") ? "0" : "");
    }

    private boolean sameAs(String name, String value) {
        ServerSetting setting = live.settings().get(name);
        if (setting == null) {
            return value.isEmpty();
        }
        return GucTable.standard().sameValue(name, value, setting.value(), setting.unit(), setting.vartype())
                // recovery.conf knows no types
                || (version.recoveryConfFile() && sameUntyped(name, value, setting.value()));
    }

    private boolean sameUntyped(String name, String value, String other) {
        return GucTable.standard()
                .find(name, version)
                .map(guc -> switch (guc.type()) {
                    case BOOL -> "bool";
                    case INTEGER -> "integer";
                    case REAL -> "real";
                    case ENUM, ENUMBOOL -> "enum";
                    case STRING -> "string";
                })
                .filter(type ->
                        GucTable.standard().sameValue(name, value, other, type.equals("integer") ? "ms" : "", type))
                .isPresent();
    }

    private boolean sameConninfo(String wantedText) {
        String configured = live.value("primary_conninfo");
        if (wantedText.isEmpty() || configured.isEmpty()) {
            return wantedText.isEmpty() && configured.isEmpty();
        }
        Map<String, String> expected =
                new LinkedHashMap<>(Conninfo.parse(wantedText).values());
        if (!version.dbnameInPrimaryConninfo()) {
            expected.remove("dbname");
        }
        Optional<Conninfo> inFile = parsed(configured);
        if (inFile.isEmpty()) {
            return false;
        }
        Conninfo current = inFile.get();
        Optional<Conninfo> streaming = live.receiverConninfo().flatMap(RecoveryComparison::parsed);
        if (streaming.isPresent()) {
            // The receiver's own database is always "replication".
            current = streaming
                    .get()
                    .without(Set.of("dbname", "password"))
                    .with("dbname", inFile.get().value("dbname").orElse(""))
                    .with("sslpassword", inFile.get().value("sslpassword").orElse(""));
        }
        return current.values().entrySet().containsAll(expected.entrySet()) && samePassword(inFile.get(), expected);
    }

    private boolean samePassword(Conninfo inFile, Map<String, String> expected) {
        if (password.isEmpty() || expected.containsKey("password")) {
            return true;
        }
        if (inFile.value("password").isPresent()) {
            return false;
        }
        return live.passfileContent()
                .filter(content -> Pgpass.holds(content, new Conninfo(expected), password))
                .isPresent();
    }

    private RecoveryChange cost(String name) {
        if (version.recoveryConfFile()) {
            return RecoveryChange.RESTART;
        }
        ServerSetting setting = live.settings().get(name);
        if (setting != null) {
            return setting.needsRestart() ? RecoveryChange.RESTART : RecoveryChange.RELOAD;
        }
        boolean reloadable = switch (name) {
            case "primary_conninfo", "primary_slot_name" -> version.primaryConninfoReloadable();
            case "restore_command" -> version.restoreCommandReloadable();
            default -> !name.startsWith("recovery_target");
        };
        return reloadable ? RecoveryChange.RELOAD : RecoveryChange.RESTART;
    }

    private static Optional<Conninfo> parsed(String text) {
        try {
            return Optional.of(Conninfo.parse(text));
        } catch (IllegalArgumentException notOurs) {
            // Somebody else wrote it: then it differs from ours.
            return Optional.empty();
        }
    }
}
