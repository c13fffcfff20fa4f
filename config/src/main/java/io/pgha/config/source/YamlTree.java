package io.pgha.config.source;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the nodes of one YAML document into plain values and their places. Used once. */
final class YamlTree {

    // Aliases of aliases grow exponentially ("billion laughs") with few lines of text.
    private static final int MAX_VALUES = 100_000;

    private final String source;
    private final List<Problem> problems;
    private final Map<KeyPath, Place> places = new LinkedHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new java.util.IdentityHashMap<>());
    private int values;

    YamlTree(String source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    SourceTree of(Node root) {
        if (root instanceof MappingNode mapping) {
            places.put(KeyPath.ROOT, place(source, root));
            return new SourceTree(map(mapping, KeyPath.ROOT), places);
        }
        boolean nothing = root instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
        if (!nothing) {
            String found = root instanceof SequenceNode ? "is a list" : "is a single value";
            problems.add(Problem.error(
                    place(source, root), KeyPath.ROOT, found, "keys with values, for example \"scope: main\"", ""));
        }
        return SourceTree.EMPTY;
    }

    @Nullable
    Object value(Node node, KeyPath at) {
        if (++values > MAX_VALUES) {
            complainOnce(node, at, "holds more than " + MAX_VALUES + " values (aliases counted where they are used)");
            return null;
        }
        if (node instanceof ScalarNode scalar) {
            return scalar(scalar, at);
        }
        if (at.elements().size() > Yaml.MAX_DEPTH) {
            complainOnce(node, at, "is nested more than " + Yaml.MAX_DEPTH + " levels deep");
            return null;
        }
        if (!open.add(node)) {
            problems.add(Problem.error(place(source, node), at, "contains itself through an alias", "", ""));
            return null;
        }
        try {
            if (!standard(node)) {
                return refusedTag(node, at);
            }
            return node instanceof SequenceNode list ? list(list, at) : map((MappingNode) node, at);
        } finally {
            open.remove(node);
        }
    }

    private List<Object> list(SequenceNode node, KeyPath at) {
        List<Object> result = new ArrayList<>();
        for (Node item : node.getValue()) {
            KeyPath path = at.item(result.size());
            places.put(path, place(source, item));
            result.add(value(item, path));
        }
        return Collections.unmodifiableList(result);
    }

    private Map<String, Object> map(MappingNode node, KeyPath at) {
        Map<String, Object> result = new LinkedHashMap<>();
        Set<String> own = new HashSet<>();
        for (NodeTuple tuple : node.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merged(tuple.getValueNode(), at).forEach(result::putIfAbsent);
                continue;
            }
            Optional<String> key = key(tuple.getKeyNode(), at);
            if (key.isEmpty()) {
                continue;
            }
            KeyPath path = at.child(key.get());
            if (!own.add(key.get())) {
                problems.add(Problem.warning(
                        place(source, tuple.getKeyNode()),
                        path,
                        "is written twice (first in line "
                                + places.getOrDefault(path, Place.of(source)).line() + "), the last one counts",
                        "",
                        "remove one of the two"));
                places.keySet().removeIf(known -> known.startsWith(path));
            }
            places.put(path, place(source, tuple.getKeyNode()));
            result.put(key.get(), value(tuple.getValueNode(), path));
        }
        return Collections.unmodifiableMap(result);
    }

    // "<<: *anchor" or "<<: [*a, *b]": what is written beside it wins, then the earlier of the list.
    private Map<String, Object> merged(Node node, KeyPath at) {
        Map<String, Object> result = new LinkedHashMap<>();
        List<Node> sources = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        for (Node each : sources) {
            if (each instanceof MappingNode && value(each, at) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> result.putIfAbsent((String) key, value));
            } else {
                problems.add(Problem.error(place(source, each), at, "the merge key << needs a mapping", "", ""));
            }
        }
        return result;
    }

    private Optional<String> key(Node node, KeyPath at) {
        if (node instanceof ScalarNode scalar && standard(node)) {
            return Optional.of(scalar.getValue());
        }
        problems.add(Problem.error(place(source, node), at, "has a key that is not a plain text", "a name", ""));
        return Optional.empty();
    }

    private @Nullable Object scalar(ScalarNode node, KeyPath at) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return null;
        } else if (tag.equals(Tag.BOOL)) {
            return switch (text.toLowerCase(java.util.Locale.ROOT)) {
                case "yes", "true", "on" -> true;
                case "no", "false", "off" -> false;
                default -> text;
            };
        } else if (tag.equals(Tag.INT)) {
            return integer(text);
        } else if (tag.equals(Tag.FLOAT)) {
            return real(text);
        } else if (standard(node)) {
            return text;
        }
        return refusedTag(node, at);
    }

    // Numbers of base 60 (1:30) stay text: nobody who writes them in a configuration means ninety.
    private static Object integer(String text) {
        String digits = text.replace("_", "");
        try {
            String sign = digits.startsWith("-") ? "-" : "";
            String unsigned = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
            if (unsigned.startsWith("0x")) {
                return narrow(new BigInteger(sign + unsigned.substring(2), 16));
            } else if (unsigned.startsWith("0b")) {
                return narrow(new BigInteger(sign + unsigned.substring(2), 2));
            } else if (unsigned.length() > 1 && unsigned.startsWith("0")) {
                return narrow(new BigInteger(sign + unsigned.substring(1), 8));
            }
            return narrow(new BigInteger(sign + unsigned));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static Object narrow(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private static Object real(String text) {
        String plain = text.replace("_", "");
        try {
            return switch (plain.toLowerCase(java.util.Locale.ROOT)) {
                case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
                case "-.inf" -> Double.NEGATIVE_INFINITY;
                case ".nan" -> Double.NaN;
                default -> Double.valueOf(plain);
            };
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static boolean standard(Node node) {
        Tag tag = node.getTag();
        return tag.equals(Tag.STR)
                || tag.equals(Tag.NULL)
                || tag.equals(Tag.BOOL)
                || tag.equals(Tag.INT)
                || tag.equals(Tag.FLOAT)
                || tag.equals(Tag.TIMESTAMP)
                || tag.equals(Tag.MAP)
                || tag.equals(Tag.SEQ);
    }

    private @Nullable Object refusedTag(Node node, KeyPath at) {
        problems.add(Problem.error(
                place(source, node),
                at,
                "carries the type tag " + node.getTag().getValue(),
                "a plain value",
                "remove the tag: a configuration contains no objects"));
        return null;
    }

    private void complainOnce(Node node, KeyPath at, String found) {
        if (problems.stream().noneMatch(problem -> problem.found().equals(found))) {
            problems.add(Problem.error(place(source, node), at, found, "a smaller document", ""));
        }
    }

    static Place place(String source, Node node) {
        return new Place(
                source, node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
    }
}
