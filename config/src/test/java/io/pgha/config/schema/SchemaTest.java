package io.pgha.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    @TestFactory
    Stream<DynamicTest> everyDefaultIsAValueOfItsKey() {
        List<String> words = List.of("umask", "PATH", "its name", "time, level, message");
        return Schema.instance().keys().stream()
                .filter(key -> !key.defaultText().isEmpty() && !words.contains(key.defaultText()))
                .filter(key -> !refersToAnotherKey(key))
                .map(key -> DynamicTest.dynamicTest(
                        key.path().toString(),
                        () -> assertThat(key.type().judge(asWritten(key))).isEqualTo(ValueType.Verdict.FITS)));
    }

    @TestFactory
    Stream<DynamicTest> everyBoundedKeyRefusesWhatLiesOutside() {
        return Schema.instance().keys().stream()
                .filter(key -> key.type().least().isPresent())
                .map(key -> DynamicTest.dynamicTest(key.path().toString(), () -> {
                    ValueType type = key.type();
                    long least = type.least().orElseThrow();
                    assertThat(type.judge(least)).isEqualTo(ValueType.Verdict.FITS);
                    assertThat(type.judge(least - 1)).isEqualTo(ValueType.Verdict.OUT_OF_RANGE);
                    assertThat(type.judge("junk")).isEqualTo(ValueType.Verdict.WRONG_TYPE);
                    OptionalLong most = type.most();
                    if (most.isPresent()) {
                        assertThat(type.judge(most.getAsLong())).isEqualTo(ValueType.Verdict.FITS);
                        assertThat(type.judge(most.getAsLong() + 1)).isEqualTo(ValueType.Verdict.OUT_OF_RANGE);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyKeyWithWordsRefusesOthers() {
        return Schema.instance().keys().stream()
                .filter(key -> !key.type().choices().isEmpty())
                .map(key -> DynamicTest.dynamicTest(key.path().toString(), () -> {
                    for (String choice : key.type().choices()) {
                        assertThat(key.type().judge(choice.toUpperCase(java.util.Locale.ROOT)))
                                .isEqualTo(ValueType.Verdict.FITS);
                    }
                    assertThat(key.type().judge("neither-nor")).isEqualTo(ValueType.Verdict.WRONG_TYPE);
                }));
    }

    @Test
    void everyOldNameLeadsToAKeyThatExists() {
        List<String> paths = Schema.instance().keys().stream()
                .map(key -> key.path().toString())
                .toList();
        Schema.instance()
                .keys()
                .forEach(key -> key.renamed().ifPresent(now -> assertThat(paths).contains(now.toString())));
    }

    @Test
    void noChapterIsEmpty() {
        Schema.instance()
                .sections()
                .forEach(section -> assertThat(section.keys()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:5432,true",
        "[::1]:8008,true",
        "db-1.example:5432,true",
        ":5432,false",
        "10.0.0.1,false",
        "10.0.0.1:0,false",
        "10.0.0.1:65536,false",
        "10.0.0.1:-1,false",
        "10.0.0.1:http,false",
    })
    void addressesAreHostAndPort(String text, boolean fits) {
        assertThat(ValueType.parse("address").judge(text) == ValueType.Verdict.FITS)
                .isEqualTo(fits);
    }

    private static boolean refersToAnotherKey(KeySpec key) {
        return List.of("listen", "data_dir", "~/pgpass", "pg_hba", "pg_ident", "superuser")
                .contains(key.defaultText());
    }

    private static Object asWritten(KeySpec key) {
        return switch (key.defaultText()) {
            case "{}" -> java.util.Map.of();
            case "[]" -> List.of();
            default -> key.defaultText();
        };
    }
}
