package io.pgha.postgres.bootstrap;

import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.CommandLine;
import io.pgha.postgres.conf.LongOptions;
import io.pgha.postgres.process.Command;
import io.pgha.postgres.process.CommandOutcome;
import io.pgha.postgres.process.CommandRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An operator's own way to make a new cluster (facts §2.7).
 *
 * @param name of the method
 * @param section its settings as written
 */
public record CustomMethod(String name, Map<String, Object> section) {
    private static final Duration TIMEOUT = Duration.ofDays(1);
    private static final Set<String> NOT_FOR_THE_SCRIPT =
            Set.of("command", "no_params", "keep_existing_recovery_conf", "recovery_conf", "scope", "datadir");
    private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

    /** The configured one; empty when initdb is meant: no method is named, or it has no command. */
    public static Optional<CustomMethod> of(PostgresSettings settings) {
        return settings.bootstrap()
                .method()
                .filter(method -> !method.equals("initdb"))
                .filter(method -> settings.bootstrap().methodOptions().containsKey("command"))
                .map(method -> new CustomMethod(method, settings.bootstrap().methodOptions()));
    }

    /** Whether the recovery files that the tool left are kept. */
    public boolean keepsRecovery() {
        return is("keep_existing_recovery_conf");
    }

    /** The recovery that follows, by name. */
    public Map<String, String> recovery() {
        Map<String, String> recovery = new LinkedHashMap<>();
        if (section.get("recovery_conf") instanceof Map<?, ?> configured) {
            configured.forEach((key, value) -> recovery.put(String.valueOf(key), String.valueOf(value)));
        }
        return recovery;
    }

    /** While the server replays until it promotes itself, nobody may connect (facts §6.2). */
    public boolean closedWhileRecovering() {
        return keepsRecovery() || "promote".equals(recovery().get("recovery_target_action"));
    }

    /** Runs the command. */
    public Result run(PostgresSettings settings, CommandRunner runner, JobControl control) {
        List<String> words;
        try {
            words = new ArrayList<>(CommandLine.split(String.valueOf(section.get("command"))));
        } catch (IllegalArgumentException e) {
            return new Result.Failed("bootstrap." + name + ".command is not a command: " + e.getMessage());
        }
        if (!is("no_params")) {
            words.add("--scope=" + settings.scope());
            words.add("--datadir=" + settings.dataDir());
        }
        words.addAll(LongOptions.forScript(section, NOT_FOR_THE_SCRIPT));
        CommandOutcome outcome = runner.run(Command.of(words), TIMEOUT, control);
        if (outcome instanceof CommandOutcome.Cancelled) {
            return new Result.Cancelled();
        }
        return outcome.successful()
                ? new Result.Succeeded("bootstrap method " + name + " succeeded")
                : new Result.Failed("bootstrap method " + name + ": " + outcome.complaint());
    }

    private boolean is(String key) {
        return TRUE.contains(String.valueOf(section.getOrDefault(key, "false")).toLowerCase(Locale.ROOT));
    }
}
