package io.pgha.postgres.conf;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a running standby says about its recovery.
 *
 * @param settings recovery settings of pg_settings by name (12 and newer), or those of recovery.conf before; empty
 *     when they cannot be read
 * @param signalFile whether standby.signal, or recovery.conf before 12, is there
 * @param receiverConninfo of pg_stat_wal_receiver, while it streams; its password is masked
 * @param receiverSlot slot_name of pg_stat_wal_receiver, while it streams
 * @param passfileContent text of the file that primary_conninfo names as passfile
 * @param managedFiles the files that the agent writes; settings from other files are the operator's
 */
public record LiveRecovery(
        Map<String, ServerSetting> settings,
        boolean signalFile,
        Optional<String> receiverConninfo,
        Optional<String> receiverSlot,
        Optional<String> passfileContent,
        Set<String> managedFiles) {
    public LiveRecovery {
        settings = Map.copyOf(settings);
        managedFiles = Set.copyOf(managedFiles);
    }

    /** From the text of recovery.conf, whose every change needs a restart. */
    public static LiveRecovery ofRecoveryConf(
            String text,
            Optional<String> receiverConninfo,
            Optional<String> receiverSlot,
            Optional<String> passfileContent) {
        Map<String, ServerSetting> settings = new LinkedHashMap<>();
        PostgresqlConf.parse(text)
                .forEach((name, value) -> settings.put(
                        name, new ServerSetting(name, value, "", "string", "postmaster", Optional.empty())));
        return new LiveRecovery(settings, true, receiverConninfo, receiverSlot, passfileContent, Set.of());
    }

    String value(String name) {
        ServerSetting setting = settings.get(name);
        return setting == null ? "" : setting.value();
    }
}
