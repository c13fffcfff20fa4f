package io.pgha.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class YamlPropertiesTest {

    @Property(tries = 1000)
    void noTextMakesTheReaderThrow(@ForAll("texts") String text) {
        List<Problem> problems = new ArrayList<>();

        SourceTree tree = Yaml.read("text", text, problems);

        assertThat(tree.places().keySet().stream()
                        .filter(path -> path.elements().size() == 1))
                .hasSameSizeAs(tree.values().keySet());
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll("documents") Map<String, Object> document) {
        List<Problem> problems = new ArrayList<>();

        SourceTree tree = Yaml.read("text", Yaml.write(document), problems);

        assertThat(problems).isEmpty();
        assertThat(tree.values()).isEqualTo(document);
    }

    @Property
    void overlayingWithItselfChangesNothing(@ForAll("documents") Map<String, Object> document) {
        SourceTree tree = Yaml.read("text", Yaml.write(document), new ArrayList<>());

        assertThat(tree.overlaidBy(tree)).isEqualTo(tree);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(200),
                Arbitraries.strings().withChars("ab:-[]{}&*!|>'\"%@#? \n\t,<").ofMaxLength(120));
    }

    @Provide
    Arbitrary<Map<String, Object>> documents() {
        return level(3);
    }

    private static Arbitrary<Map<String, Object>> level(int depth) {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "on", "1", "x.y", "- z", "#", "", "~");
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings()
                        .ascii()
                        .excludeChars('\0', '\r', '\u007f')
                        .ofMaxLength(12)
                        .map(YamlPropertiesTest::printable),
                Arbitraries.longs().map(number -> (Object) number),
                Arbitraries.of(true, false));
        Arbitrary<Object> lists = scalars.list().ofMaxSize(3).map(list -> (Object) list);
        Arbitrary<Object> values = depth == 0
                ? scalars
                : Arbitraries.oneOf(scalars, lists, level(depth - 1).map(map -> (Object) map));
        return Arbitraries.maps(keys, values).ofMinSize(1).ofMaxSize(4).map(LinkedHashMap::new);
    }

    private static Object printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }
}
