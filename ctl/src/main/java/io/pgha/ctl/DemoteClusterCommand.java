package io.pgha.ctl;

import io.pgha.core.model.SlotName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl demote-cluster} (facts §4.2). */
@Command(
        name = "demote-cluster",
        description = "Make a cluster follow another one: its primary becomes a standby leader.")
final class DemoteClusterCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(names = "--host", paramLabel = "HOST", description = "The primary to follow; several hosts with commas.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Its port.")
    private @Nullable Integer port;

    @Option(names = "--restore-command", paramLabel = "COMMAND", description = "Fetches WAL from an archive.")
    private @Nullable String restoreCommand;

    @Option(names = "--primary-slot-name", paramLabel = "SLOT", description = "The slot to use on that primary.")
    private @Nullable String primarySlotName;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Map<String, Object> section = section();
        if (host == null && port == null && restoreCommand == null) {
            throw new CtlException("At least --host, --port or --restore-command should be specified");
        }
        if (primarySlotName != null && !SlotName.isValid(primarySlotName)) {
            throw new CtlException("--primary-slot-name: PostgreSQL takes no \"" + primarySlotName
                    + "\" as the name of a slot: up to 63 lower-case letters, digits and _");
        }
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            new ClusterRoleChange(session, program.dialog(), session.cluster(Optional.ofNullable(cluster)), force)
                    .demote(section);
        }
    }

    private Map<String, Object> section() {
        Map<String, Object> section = new LinkedHashMap<>();
        put(section, "host", host);
        put(section, "port", port);
        put(section, "primary_slot_name", primarySlotName);
        put(section, "restore_command", restoreCommand);
        return section;
    }

    private static void put(Map<String, Object> section, String key, @Nullable Object value) {
        if (value != null) {
            section.put(key, value);
        }
    }
}
