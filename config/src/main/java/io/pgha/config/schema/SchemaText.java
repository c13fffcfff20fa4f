package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the table of keys. A mistake in the table is a bug, so it throws. */
final class SchemaText {

    private final List<Schema.Section> sections = new ArrayList<>();
    private String title = "";
    private List<String> notes = new ArrayList<>();
    private List<KeySpec> keys = new ArrayList<>();
    private KeySpec.Level level = KeySpec.Level.LOCAL;

    private SchemaText() {}

    static List<Schema.Section> read(String resource) {
        SchemaText text = new SchemaText();
        lines(resource).forEach(text::line);
        text.close();
        return text.sections;
    }

    /** The lines of a resource beside this class. */
    static List<String> lines(String resource) {
        try (InputStream in = SchemaText.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void line(String line) {
        if (line.startsWith("= ")) {
            close();
            title = line.substring(2).trim();
        } else if (line.startsWith("> ")) {
            notes.add(line.substring(2).trim());
        } else if (line.startsWith("@")) {
            level = KeySpec.Level.valueOf(line.substring(1).trim().toUpperCase(Locale.ROOT));
        } else if (!line.isBlank() && !line.startsWith("#")) {
            keys.add(key(line));
        }
    }

    private KeySpec key(String line) {
        String[] columns = line.split("\\|", -1);
        if (columns.length != 5) {
            throw new IllegalStateException("not five columns: " + line);
        }
        Set<String> flags = new HashSet<>();
        Optional<KeyPath> renamed = Optional.empty();
        for (String flag : columns[3].trim().split(" +", -1)) {
            if (flag.startsWith("old=")) {
                renamed = Optional.of(KeyPath.parse(flag.substring(4)));
            } else if (!flag.equals("-")) {
                flags.add(flag);
            }
        }
        String defaultText = columns[2].trim();
        return new KeySpec(
                KeyPath.parse(columns[0].trim()),
                level,
                ValueType.parse(columns[1].trim()),
                defaultText.equals("-") ? "" : defaultText,
                flags,
                renamed,
                columns[4].trim());
    }

    private void close() {
        if (!title.isEmpty()) {
            sections.add(new Schema.Section(title, notes, keys));
        }
        notes = new ArrayList<>();
        keys = new ArrayList<>();
    }
}
