package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.pgha.config.ConfigCatalog;
import io.pgha.config.value.ConfigPatch;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.ctl.table.YamlText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code hactl edit-config}. */
@Command(name = "edit-config", description = "Change the dynamic configuration of a cluster.")
final class EditConfigCommand implements Runnable {
    @ParentCommand
    private @Nullable Hactl hactl;

    @Parameters(paramLabel = "CLUSTER", arity = "0..1", description = "Default: the scope of the configuration.")
    private @Nullable String cluster;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show the difference.")
    private boolean quiet;

    @Option(
            names = {"-s", "--set"},
            paramLabel = "KEY=VALUE",
            description = "Set a key (dots between levels) to a YAML value; null removes it.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = {"-p", "--pg"},
            paramLabel = "KEY=VALUE",
            description = "Set a parameter of PostgreSQL.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--apply", paramLabel = "FILE", description = "Lay a YAML file over it; - is standard input.")
    private @Nullable String apply;

    @Option(
            names = "--replace",
            paramLabel = "FILE",
            description = "Put a YAML file in its place; - is standard input.")
    private @Nullable String replace;

    @Option(names = "--force", description = "Ask nothing.")
    private boolean force;

    @Mixin
    HelpOption help = new HelpOption();

    @Override
    public void run() {
        Hactl program = Objects.requireNonNull(hactl, "picocli sets it");
        try (Session session = program.open()) {
            edit(session, program.dialog(), session.cluster(Optional.ofNullable(cluster)));
        }
    }

    private void edit(Session session, Dialog dialog, String name) {
        DynamicConfigKey before = session.store()
                .read(name)
                .config()
                .filter(DynamicConfigKey::valid)
                .orElseThrow(() -> new CtlException("cluster " + name + " has no dynamic configuration in etcd"));
        Map<String, Object> after = changed(before.values(), dialog);
        if (ConfigPatch.deepEquals(before.values(), after)) {
            dialog.say("Not changed");
            return;
        }
        if (!quiet) {
            UnifiedDiff.of(YamlText.block(before.values()), YamlText.block(after))
                    .lines()
                    .forEach(dialog::say);
        }
        List<String> refusals = ConfigCatalog.refusals(before.values(), after);
        if (!refusals.isEmpty()) {
            throw new CtlException(
                    "this configuration could not be used, nothing was changed\n  " + String.join("\n  ", refusals));
        }
        ConfigCatalog.doubts(before.values(), after).forEach(doubt -> dialog.warn("Warning: " + doubt));
        if (!force && ("-".equals(apply) || "-".equals(replace))) {
            dialog.say("Use --force option to apply changes");
            return;
        }
        if (!force) {
            dialog.confirm("Apply these changes?");
        }
        if (!session.store().writeConfig(name, after, before.modRevision())) {
            throw new CtlException("Config modification aborted due to concurrent changes");
        }
        dialog.say("Configuration changed");
    }

    private Map<String, Object> changed(Map<String, Object> before, Dialog dialog) {
        ConfigEdit edit = new ConfigEdit(before);
        if (replace != null) {
            edit.replace(replace, text(replace, dialog));
        }
        if (apply != null) {
            edit.apply(apply, text(apply, dialog));
        }
        settings.forEach(edit::set);
        parameters.forEach(edit::parameter);
        if (replace == null && apply == null && settings.isEmpty() && parameters.isEmpty()) {
            edit.replace("the edited configuration", new Editor(System.getenv()).edit(YamlText.block(before)));
        }
        return edit.values();
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (e instanceof AccessDeniedException) {
            return "this user may not read it";
        } else if (e instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return Objects.requireNonNullElse(e.getMessage(), "input/output error");
    }

    private static String text(String file, Dialog dialog) {
        try {
            return file.equals("-") ? dialog.rest() : Files.readString(Path.of(file), UTF_8);
        } catch (IOException e) {
            throw new CtlException(file + " cannot be read: " + reason(e), e);
        } catch (InvalidPathException e) {
            throw new CtlException(file + " is no name of a file", e);
        }
    }
}
