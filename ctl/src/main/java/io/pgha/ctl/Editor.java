package io.pgha.ctl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The operator's own editor, on a temporary file that only the operator can read. */
final class Editor {
    private final Map<String, String> environment;

    Editor(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Lets a text be edited, for as long as it takes.
     *
     * @throws CtlException when there is no editor, or it fails
     */
    String edit(String text) {
        String program = program();
        try {
            Path file = Files.createTempFile("hactl-", ".yaml");
            try {
                Files.writeString(file, text, UTF_8);
                // As git does: the variable may hold options.
                int status = new ProcessBuilder(List.of("/bin/sh", "-c", program + " \"$1\"", "sh", file.toString()))
                        .inheritIO()
                        .start()
                        .waitFor();
                if (status != 0) {
                    throw new CtlException("the editor " + program + " ended with status " + status);
                }
                return Files.readString(file, UTF_8);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new CtlException("the editor " + program + " cannot be used: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CtlException("Aborted", e);
        }
    }

    private String program() {
        return Optional.ofNullable(environment.get("EDITOR"))
                .filter(name -> !name.isBlank())
                .or(() -> Stream.of("editor", "vi").filter(this::isThere).findFirst())
                .orElseThrow(() ->
                        new CtlException("there is no editor: set EDITOR, or use --set, --pg, --apply or --replace"));
    }

    private boolean isThere(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
