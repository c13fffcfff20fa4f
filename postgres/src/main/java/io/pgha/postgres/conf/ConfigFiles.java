package io.pgha.postgres.conf;

import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.version.PostgresVersion;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The configuration files of one server on disk (facts §6.4). Each write is atomic; nothing is written when the content
 * is the same. Not for several threads at once.
 */
public final class ConfigFiles {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final String STANDBY_SIGNAL = "standby.signal";
    private static final String RECOVERY_SIGNAL = "recovery.signal";
    private static final String RECOVERY_CONF = "recovery.conf";

    private final Path dataDir;
    private final Path configDir;
    private final String stem;
    private final Optional<Path> customConf;
    private final FileModes modes;

    /**
     * @param dataDir the data directory
     * @param configDir where the configuration files are; the data directory, or outside as on Debian
     * @param stem {@code config_base_name}
     * @param customConf included instead of the base configuration
     */
    public ConfigFiles(Path dataDir, Path configDir, String stem, Optional<Path> customConf) {
        this.dataDir = dataDir;
        this.configDir = configDir;
        this.stem = stem;
        this.customConf = customConf;
        this.modes = new FileModes(dataDir);
    }

    /** Those of a configured server. */
    public static ConfigFiles of(PostgresSettings settings) {
        return new ConfigFiles(
                settings.dataDir(), settings.configDir(), settings.configBaseName(), settings.customConf());
    }

    /** The generated postgresql.conf; the server is started with it. */
    public Path mainFile() {
        return configDir.resolve(stem + ".conf");
    }

    /** What postgresql.conf was before the agent came. */
    public Path baseFile() {
        return configDir.resolve(stem + ".base.conf");
    }

    public Path hbaFile() {
        return configDir.resolve("pg_hba.conf");
    }

    public Path identFile() {
        return configDir.resolve("pg_ident.conf");
    }

    public Path autoFile() {
        return dataDir.resolve("postgresql.auto.conf");
    }

    /** Files whose settings are the agent's own; for {@link LiveRecovery#managedFiles()}. */
    public Set<String> managedFiles() {
        return Set.of(mainFile().toString(), autoFile().toString());
    }

    /** Whether the lines of {@code postgresql.pg_hba} count: {@code hba_file} does not point elsewhere. */
    public boolean managesHba(Map<String, String> parameters) {
        return manages("hba_file", hbaFile(), parameters);
    }

    /** The same for {@code postgresql.pg_ident} and {@code ident_file}. */
    public boolean managesIdent(Map<String, String> parameters) {
        return manages("ident_file", identFile(), parameters);
    }

    /** The text that {@link #writeMain} would write. */
    public String mainText(
            SortedMap<String, String> parameters, Optional<RecoverySettings> recovery, PostgresVersion version) {
        SortedMap<String, String> resolved = new TreeMap<>(parameters);
        for (String name : List.of("hba_file", "ident_file")) {
            resolved.computeIfPresent(
                    name, (key, value) -> configDir.resolve(value).toString());
        }
        SortedMap<String, String> section = version.standbySignal()
                ? recovery.map(RecoverySettings::values).orElse(new TreeMap<>())
                : new TreeMap<>();
        String include =
                customConf.map(Path::toString).orElse(baseFile().getFileName().toString());
        return new PostgresqlConf(include, resolved, hbaFile(), identFile(), section).text();
    }

    /**
     * Writes postgresql.conf; keeps the original as base configuration the first time; takes recovery settings out of
     * postgresql.auto.conf, where they would win.
     *
     * @param recovery settings of a standby; empty: none are written
     * @return whether the content of any file is different now
     */
    public boolean writeMain(
            SortedMap<String, String> parameters, Optional<RecoverySettings> recovery, PostgresVersion version)
            throws IOException {
        keepOriginal();
        boolean changed = write(mainFile(), mainText(parameters, recovery, version));
        return (version.standbySignal() && cleanAutoFile()) || changed;
    }

    /** Writes pg_hba.conf. */
    public boolean writeHba(List<String> lines) throws IOException {
        return write(hbaFile(), HbaFile.text(lines));
    }

    /** Writes this text as pg_hba.conf, as while a custom bootstrap runs. */
    public boolean writeHbaText(String text) throws IOException {
        return write(hbaFile(), text);
    }

    /** Appends lines to pg_hba.conf: {@code bootstrap.pg_hba} behind what initdb wrote (facts §2.7). */
    public void appendToHba(List<String> lines) throws IOException {
        String present = content(hbaFile()).orElse("");
        String end = present.isEmpty() || present.endsWith("\n") ? "" : "\n";
        write(hbaFile(), bytes(present + end + new String(utf8(String.join("\n", lines) + "\n"), BYTES)));
    }

    /** Writes pg_ident.conf. */
    public boolean writeIdent(List<String> lines) throws IOException {
        return write(identFile(), IdentFile.text(lines));
    }

    /**
     * Makes the next start one into recovery: the signal file, or recovery.conf before 12. From 12 on the settings
     * themselves go into postgresql.conf by {@link #writeMain}.
     */
    public void writeRecovery(RecoverySettings recovery, PostgresVersion version) throws IOException {
        if (version.recoveryConfFile()) {
            write(dataDir.resolve(RECOVERY_CONF), recovery.recoveryConf());
            return;
        }
        // The right one first: with none at all the server would start as primary.
        write(dataDir.resolve(recovery.standby() ? STANDBY_SIGNAL : RECOVERY_SIGNAL), "");
        Files.deleteIfExists(dataDir.resolve(recovery.standby() ? RECOVERY_SIGNAL : STANDBY_SIGNAL));
        Files.deleteIfExists(dataDir.resolve(RECOVERY_CONF)); // 12 and newer refuse to start with it
        AtomicFile.force(dataDir);
    }

    /** Makes the next start one as primary: removes signal files and recovery.conf. */
    public void removeRecovery() throws IOException {
        for (String name : List.of(STANDBY_SIGNAL, RECOVERY_SIGNAL, RECOVERY_CONF)) {
            Files.deleteIfExists(dataDir.resolve(name));
        }
        AtomicFile.force(dataDir);
    }

    /** Keeps copies in the data directory, so that they travel with a copy of it (facts §6.4). */
    public void backUp() throws IOException {
        for (Path file : saved()) {
            Optional<String> text = content(file);
            if (text.isPresent()) {
                write(backupOf(file), bytes(text.get()));
            }
        }
    }

    /** Puts back from the copies what a replica's data directory came without. */
    public void restoreMissing() throws IOException {
        for (Path file : saved()) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Optional<String> text = content(backupOf(file));
                if (text.isPresent() || file.equals(identFile())) {
                    write(file, bytes(text.orElse("")));
                }
            }
        }
    }

    private boolean manages(String parameter, Path own, Map<String, String> parameters) {
        String configured = parameters.get(parameter);
        return configured == null || configDir.resolve(configured).normalize().equals(own.normalize());
    }

    private List<Path> saved() {
        return customConf.isPresent()
                ? List.of(mainFile(), hbaFile(), identFile())
                : List.of(mainFile(), baseFile(), hbaFile(), identFile());
    }

    private Path backupOf(Path file) {
        return dataDir.resolve(file.getFileName() + ".backup");
    }

    private void keepOriginal() throws IOException {
        if (customConf.isPresent() || Files.exists(baseFile(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Optional<String> present = content(mainFile());
        if (present.isPresent() && !present.get().startsWith(PostgresqlConf.HEADER)) {
            Files.move(mainFile(), baseFile(), StandardCopyOption.ATOMIC_MOVE);
        } else {
            // A generated file includes the base configuration, which must never become the generated file itself.
            write(baseFile(), bytes(content(backupOf(baseFile())).orElse("")));
        }
    }

    private boolean cleanAutoFile() throws IOException {
        Optional<String> present = content(autoFile());
        if (present.isEmpty()) {
            return false;
        }
        String kept = Arrays.stream(present.get().split("(?<=\n)"))
                .filter(line -> PostgresqlConf.settingIn(line.stripTrailing())
                        .filter(setting -> GucTable.standard().isRecovery(setting.getKey()))
                        .isEmpty())
                .reduce("", String::concat);
        return !kept.equals(present.get()) && write(autoFile(), bytes(kept));
    }

    private boolean write(Path file, String text) throws IOException {
        return write(file, utf8(text));
    }

    private boolean write(Path file, byte[] bytes) throws IOException {
        // An operator may have linked a configuration file to where it really is; the link stays.
        Path real = Files.isSymbolicLink(file) ? file.toRealPath() : file;
        if (Files.isRegularFile(real)
                && Files.size(real) == bytes.length
                && Arrays.equals(Files.readAllBytes(real), bytes)) {
            return false;
        }
        AtomicFile.write(real, bytes, modes.of(real));
        return true;
    }

    /** The bytes, one character each: operators' comments come in any encoding and must survive a copy. */
    private static Optional<String> content(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "not an ordinary file");
        }
        return Optional.of(new String(Files.readAllBytes(file), BYTES));
    }

    private static byte[] bytes(String content) {
        return content.getBytes(BYTES);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
