package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.source.Place;
import io.pgha.config.source.Problem;
import io.pgha.config.source.SourceTree;
import io.pgha.config.value.Values;
import java.util.ArrayList;
import java.util.List;

/** Collects problems of one document and finds the places for them. */
final class Findings {

    private final SourceTree tree;
    private final Place whole;
    private final List<Problem> problems = new ArrayList<>();

    Findings(SourceTree tree, Place whole) {
        this.tree = tree;
        this.whole = whole;
    }

    Values values() {
        return new Values(tree.values());
    }

    void error(KeyPath path, String found, String expected, String remedy) {
        problems.add(Problem.error(tree.place(path, whole), path, found, expected, remedy));
    }

    void warning(KeyPath path, String found, String expected, String remedy) {
        problems.add(Problem.warning(tree.place(path, whole), path, found, expected, remedy));
    }

    void warning(String path, String found, String expected, String remedy) {
        warning(KeyPath.parse(path), found, expected, remedy);
    }

    void error(String path, String found, String expected, String remedy) {
        error(KeyPath.parse(path), found, expected, remedy);
    }

    List<Problem> problems() {
        return problems;
    }
}
