package io.pgha.config.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Text in YAML 1.1, the dialect that Patroni's files are written in (yes/no/on/off are booleans, 0644 is octal), from and
 * to plain values. Only the graph of nodes is composed, by the YAML parser that Jackson brings; no type tag is ever
 * resolved to a class, and nothing is constructed by the library.
 */
public final class Yaml {

    /** Nesting deeper than this is refused. */
    public static final int MAX_DEPTH = 50;

    /** A text longer than this (in characters) is refused. */
    public static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private Yaml() {}

    /**
     * Reads one document.
     *
     * @param source how the text is called in messages
     * @param text YAML; JSON is YAML too
     * @param problems gets what is wrong; an error means that the result is empty or incomplete
     * @return the mapping at the top; empty where there is none
     */
    public static SourceTree read(String source, String text, List<Problem> problems) {
        Node root = compose(source, text, problems);
        return root == null ? SourceTree.EMPTY : new YamlTree(source, problems).of(root);
    }

    /** Reads a single value, for example a list from an environment variable; null where there is none. */
    public static @Nullable Object readValue(String source, String text, List<Problem> problems) {
        Node root = compose(source, text, problems);
        return root == null ? null : new YamlTree(source, problems).value(root, KeyPath.ROOT);
    }

    /** The values as YAML in block style, keys in their order. */
    public static String write(Map<String, ?> values) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new org.yaml.snakeyaml.Yaml(new SafeConstructor(limits()), new Representer(options), options)
                .dump(values);
    }

    private static @Nullable Node compose(String source, String text, List<Problem> problems) {
        List<Node> documents = new ArrayList<>();
        try {
            for (Node document : new org.yaml.snakeyaml.Yaml(new SafeConstructor(limits()))
                    .composeAll(new java.io.StringReader(text))) {
                documents.add(document);
            }
        } catch (MarkedYAMLException e) {
            problems.add(notYaml(source, e));
            return null;
        } catch (YAMLException e) {
            problems.add(Problem.error(
                    Place.of(source), KeyPath.ROOT, "cannot be read as YAML: " + e.getMessage(), "a YAML mapping", ""));
            return null;
        } catch (StackOverflowError e) {
            problems.add(tooDeep(Place.of(source)));
            return null;
        }
        if (documents.size() > 1) {
            problems.add(Problem.error(
                    YamlTree.place(source, documents.get(1)),
                    KeyPath.ROOT,
                    "a second document begins here (---)",
                    "one document in a file",
                    "split the file: a directory of *.yml files is merged in the order of their names"));
            return null;
        }
        return documents.isEmpty() ? null : documents.get(0);
    }

    static Problem tooDeep(Place place) {
        return Problem.error(
                place, KeyPath.ROOT, "is nested more than " + MAX_DEPTH + " levels deep", "a flatter document", "");
    }

    private static LoaderOptions limits() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(50);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private static Problem notYaml(String source, MarkedYAMLException e) {
        org.yaml.snakeyaml.error.Mark mark = e.getProblemMark();
        Place place = mark == null ? Place.of(source) : new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
        String problem = String.valueOf(e.getProblem());
        String remedy =
                problem.contains("TAB") || problem.contains("\\t") ? "indent with blanks, YAML knows no tabs" : "";
        return Problem.error(place, KeyPath.ROOT, "is not valid YAML: " + problem, "a YAML mapping", remedy);
    }
}
