package io.pgha.config.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a configuration file, or all {@code *.yml} and {@code *.yaml} of a directory (facts §2.1). */
public final class SourceFiles {

    /** A file larger than this (in bytes) is no configuration. */
    public static final int MAX_BYTES = 2 * 1024 * 1024;

    private SourceFiles() {}

    /**
     * Reads the file, or merges the files of the directory in the order of their names, later ones over earlier ones.
     *
     * @param problems gets what is wrong; after an error the result is incomplete
     */
    public static SourceTree read(Path fileOrDirectory, List<Problem> problems) {
        if (!Files.isDirectory(fileOrDirectory)) {
            return file(fileOrDirectory, problems);
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(fileOrDirectory)) {
            entries.filter(SourceFiles::yaml).sorted().forEach(files::add);
        } catch (IOException | java.io.UncheckedIOException e) {
            problems.add(unusable(fileOrDirectory, "is a directory that cannot be listed: " + reason(e), ""));
            return SourceTree.EMPTY;
        }
        if (files.isEmpty()) {
            problems.add(unusable(
                    fileOrDirectory, "is a directory without any *.yml or *.yaml file", "name a file or fill it"));
        }
        SourceTree merged = SourceTree.EMPTY;
        for (Path file : files) {
            merged = merged.overlaidBy(file(file, problems));
        }
        return merged;
    }

    private static boolean yaml(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".yml") || name.endsWith(".yaml");
    }

    private static SourceTree file(Path file, List<Problem> problems) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                problems.add(unusable(file, "is neither a file nor a directory", "name a YAML file"));
                return SourceTree.EMPTY;
            }
            byte[] bytes = bytes(file);
            if (bytes.length > MAX_BYTES) {
                problems.add(unusable(
                        file, "is larger than " + MAX_BYTES / 1024 / 1024 + " MB", "is this a configuration file?"));
                return SourceTree.EMPTY;
            }
            String text = decoded(bytes);
            int nul = text.indexOf('\0');
            if (nul >= 0) {
                problems.add(unusable(file, "is a binary file (byte 0 at offset " + nul + ")", "name a YAML file"));
                return SourceTree.EMPTY;
            }
            return Yaml.read(file.toString(), text, problems);
        } catch (NoSuchFileException e) {
            problems.add(unusable(file, "does not exist", "name a YAML file or a directory of such files"));
        } catch (AccessDeniedException e) {
            problems.add(unusable(
                    file,
                    "may not be read by the user " + System.getProperty("user.name"),
                    "give the file to that user: chown, chmod 0600"));
        } catch (CharacterCodingException e) {
            problems.add(unusable(file, "is not text in UTF-8", "save it as UTF-8"));
        } catch (IOException e) {
            problems.add(unusable(file, "cannot be read: " + reason(e), ""));
        }
        return SourceTree.EMPTY;
    }

    // Not Files.readAllBytes: the size that a file claims says nothing below /proc or /dev.
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(in.readNBytes(MAX_BYTES + 1));
            return out.toByteArray();
        }
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        Charset charset = StandardCharsets.UTF_8;
        if (starts(bytes, 0xFE, 0xFF) || starts(bytes, 0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16; // reads and drops the mark
        }
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static boolean starts(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Problem unusable(Path file, String found, String remedy) {
        return Problem.error(Place.of(file.toString()), KeyPath.ROOT, found, "", remedy);
    }
}
