package io.pgha.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncNamesTest {
    @Test
    void valuesAreWrittenAsTheTableOfFacts516Says() {
        assertThat(SyncNames.allOf(NameSet.of("b"))).hasToString("b");
        assertThat(SyncNames.allOf(NameSet.of("c", "a"))).hasToString("2 (a,c)");
        assertThat(SyncNames.quorum(1, NameSet.of("a"))).hasToString("ANY 1 (a)");
        assertThat(SyncNames.quorum(2, NameSet.of("c", "b", "a"))).hasToString("ANY 2 (a,b,c)");
        assertThat(SyncNames.nobody(SyncNames.Kind.PRIORITY))
                .hasToString("__patroni_strict_sync_replica_placeholder__");
        assertThat(SyncNames.nobody(SyncNames.Kind.QUORUM))
                .hasToString("ANY 1 (__patroni_strict_sync_replica_placeholder__)");
        assertThat(SyncNames.OFF.format()).isEmpty();
    }

    @Test
    void namesAreQuotedUnlessPlain() {
        assertThat(SyncNames.allOf(NameSet.of("node-1"))).hasToString("\"node-1\"");
        assertThat(SyncNames.allOf(NameSet.of("a\"b"))).hasToString("\"a\"\"b\"");
        assertThat(SyncNames.allOf(NameSet.of("First"))).hasToString("\"First\"");
        assertThat(SyncNames.allOf(NameSet.of("ANY"))).hasToString("\"ANY\"");
        assertThat(SyncNames.allOf(NameSet.of("1st"))).hasToString("\"1st\"");
        assertThat(SyncNames.allOf(NameSet.of("_a$1"))).hasToString("_a$1");
        assertThat(SyncNames.allOf(NameSet.of("é"))).hasToString("\"é\"");
    }

    @Test
    void aMemberCalledStarNeverBecomesAWildcard() {
        assertThat(SyncNames.allOf(NameSet.of("*", "a")))
                .hasToString("2 (__patroni_strict_sync_replica_placeholder__)");
        assertThat(SyncNames.quorum(1, NameSet.of("*")))
                .hasToString("ANY 1 (__patroni_strict_sync_replica_placeholder__)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a                    | PRIORITY | 1 | a",
                "a, b ,c              | PRIORITY | 1 | a,b,c",
                "2 (a,b,c)            | PRIORITY | 2 | a,b,c",
                "2(a,b)               | PRIORITY | 2 | a,b",
                "first 1 (a)          | PRIORITY | 1 | a",
                "FIRST 3 (b, a)       | PRIORITY | 3 | a,b",
                "any 2 (\"a\",B , c)  | QUORUM   | 2 | B,a,c",
                "ANY 1 ( a )          | QUORUM   | 1 | a",
                "*                    | PRIORITY | 1 | *",
                "ANY 1 (*)            | QUORUM   | 1 | *",
                "\"*\"                | PRIORITY | 1 | *",
                "1, 2                 | PRIORITY | 1 | 1,2",
                "1                    | PRIORITY | 1 | 1",
                "2 (1,2)              | PRIORITY | 2 | 1,2",
                "\"first\"            | PRIORITY | 1 | first",
                "firsts               | PRIORITY | 1 | firsts",
                "\"x\"\"y\"           | PRIORITY | 1 | x\"y",
                "knötchen             | PRIORITY | 1 | knötchen",
                "007 (a)              | PRIORITY | 7 | a",
                "4294967297 (a)       | PRIORITY | 1 | a",
            })
    void whatPostgresqlTakesIsRead(String text, SyncNames.Kind kind, int number, String names) {
        SyncNames read = SyncNames.parse(text).orElseThrow();
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.number()).isEqualTo(number);
        assertThat(read.names()).hasToString(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",",
                "a,",
                ",a",
                "a b",
                "first",
                "any",
                "first, a",
                "ANY (a)",
                "ANY 1 a",
                "ANY 1 ()",
                "ANY 0 (a)",
                "0 (a)",
                "1 (a",
                "1 (a) b",
                "1 (a))",
                "a-b",
                "\"a",
                "1a",
                "2 (a b)",
                "99999999999999999999 (a)",
                "-1 (a)",
                "ANY ANY (a)",
                "(a)",
                "a;b",
                "1 1 (a)",
                "\u0000"
            })
    void whatPostgresqlRefusesIsNotRead(String text) {
        assertThat(SyncNames.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void anEmptyValueWaitsForNobody(String text) {
        assertThat(SyncNames.parse(text)).contains(SyncNames.OFF);
    }

    @Test
    void aWildcardAndThePlaceholderListNoMember() {
        assertThat(SyncNames.parse("ANY 2 (a, *)").orElseThrow().members()).isEqualTo(NameSet.NONE);
        assertThat(SyncNames.nobody(SyncNames.Kind.QUORUM).members()).isEqualTo(NameSet.NONE);
        assertThat(SyncNames.nobody(SyncNames.Kind.QUORUM).guaranteed()).isZero();
        assertThat(SyncNames.parse("5 (a,b)").orElseThrow().guaranteed()).isEqualTo(2);
    }

    @Test
    void numberAndNamesFitTheKind() {
        assertThatThrownBy(() -> new SyncNames(SyncNames.Kind.QUORUM, 0, NameSet.of("a")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SyncNames(SyncNames.Kind.PRIORITY, 1, NameSet.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SyncNames(SyncNames.Kind.OFF, 1, NameSet.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(SyncNames.quorum(3, NameSet.NONE)).isEqualTo(SyncNames.OFF);
    }

    @Property(tries = 5_000)
    void whatIsWrittenCanBeReadWhateverTheNames(
            @ForAll SyncNames.Kind kind,
            @ForAll @IntRange(min = 1, max = 9) int number,
            @ForAll("members") NameSet names) {
        Assume.that(!names.contains("*") && kind != SyncNames.Kind.OFF);
        SyncNames value = SyncNames.of(kind, number, names);
        assertThat(SyncNames.parse(value.format())).contains(value);
    }

    @Property(tries = 20_000)
    void hostileTextIsReadOrRefusedAndNothingElse(@ForAll("values") String text) {
        Optional<SyncNames> read = SyncNames.parse(text);
        read.filter(names -> !names.hasWildcard())
                .ifPresent(names -> assertThat(SyncNames.parse(names.format())).contains(names));
    }

    @Property
    void anyTextAtAllIsReadOrRefused(@ForAll @NotEmpty String text) {
        SyncNames.parse(text);
    }

    @Test
    void aHugeValueIsReadInNoTime() {
        String list = "a,".repeat(200_000) + "b";
        assertThat(SyncNames.parse("ANY 1 (" + list + ")")).contains(SyncNames.quorum(1, NameSet.of("a", "b")));
        assertThat(SyncNames.parse("(".repeat(200_000))).isEmpty();
        assertThat(SyncNames.parse("\"".repeat(200_001))).isEmpty();
    }

    @Provide
    Arbitrary<NameSet> members() {
        return Arbitraries.strings()
                .ofMaxLength(8)
                .set()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(NameSet::of);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                        "ANY ", "first ", "1", "2 ", "0", "(", ")", ",", "*", "\"", "a", "b-", "_$", " ", "\n", "é",
                        "\\")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }
}
