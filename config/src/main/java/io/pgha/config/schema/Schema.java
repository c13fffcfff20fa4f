package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All keys, read once from the table {@code schema.txt} beside this class. Immutable after that. */
public final class Schema {

    /** Stands for the name of an own replica or bootstrap method. */
    static final String METHOD = "<method>";

    private static final Schema INSTANCE = new Schema(SchemaText.read("schema.txt"));

    private final List<Section> sections;
    private final Node local = new Node();
    private final Node dynamic = new Node();

    /**
     * A chapter of the reference page.
     *
     * @param title its heading
     * @param notes paragraphs below the heading
     * @param keys its keys in order
     */
    public record Section(String title, List<String> notes, List<KeySpec> keys) {
        public Section {
            notes = List.copyOf(notes);
            keys = List.copyOf(keys);
        }
    }

    /** A key with the keys below it. */
    static final class Node {
        private final Map<String, Node> children = new LinkedHashMap<>();
        private @Nullable KeySpec spec;

        Optional<KeySpec> spec() {
            return Optional.ofNullable(spec);
        }

        /** The child with this name, or the one that stands for any name. */
        Optional<Node> child(String name) {
            Node named = children.get(name);
            return Optional.ofNullable(named != null ? named : children.get("*"));
        }

        Optional<Node> method() {
            return Optional.ofNullable(children.get(METHOD));
        }

        /** Names of the children that can be written, without placeholders. */
        List<String> names() {
            return children.keySet().stream()
                    .filter(name -> !name.equals("*") && !name.equals(METHOD))
                    .toList();
        }
    }

    private Schema(List<Section> sections) {
        this.sections = sections;
        for (KeySpec key : keys()) {
            if (key.level().local()) {
                add(local, key.path(), key);
            }
            if (key.level().dynamic()) {
                add(dynamic, key.path(), key);
            }
        }
        spreadWildcards(local);
        spreadWildcards(dynamic);
        // "etcd" and "etcd3" mean the same.
        local.children.put("etcd", local.child("etcd3").orElseThrow());
    }

    /** The schema of this version. */
    public static Schema instance() {
        return INSTANCE;
    }

    /** Chapters in the order of the reference page. */
    public List<Section> sections() {
        return List.copyOf(sections);
    }

    /** All keys in the order of the reference page. */
    public List<KeySpec> keys() {
        return sections.stream().flatMap(section -> section.keys().stream()).toList();
    }

    Node local() {
        return local;
    }

    Node dynamic() {
        return dynamic;
    }

    /** Keys with this name on other levels, nearest to the top first; no old names and no placeholders. */
    List<KeySpec> named(String name) {
        List<KeySpec> result = new ArrayList<>();
        for (KeySpec key : keys()) {
            List<String> elements = key.path().elements();
            boolean placeholder = elements.contains("*") || elements.contains(METHOD) || elements.contains("bin_name");
            if (key.path().name().equals(name) && key.renamed().isEmpty() && !placeholder) {
                result.add(key);
            }
        }
        return result;
    }

    // authentication.*.username also holds below authentication.superuser, which has a row of its own.
    private static void spreadWildcards(Node node) {
        Node any = node.children.get("*");
        for (Node child : node.children.values()) {
            if (any != null && child != any) {
                any.children.forEach(child.children::putIfAbsent);
            }
            spreadWildcards(child);
        }
    }

    private static void add(Node root, KeyPath path, KeySpec spec) {
        Node node = root;
        for (String element : path.elements()) {
            node = node.children.computeIfAbsent(element, name -> new Node());
        }
        node.spec = spec;
    }
}
