package io.pgha.dcs.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what {@code json.dumps(value, separators=(',', ':'))} of Python 3 prints. */
class PythonJsonTest {
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "0.5, 0.5",
        "0.1, 0.1",
        "100000.0, 100000.0",
        "12345678.9, 12345678.9",
        "1E15, 1000000000000000.0",
        "1E16, 1e+16",
        "1.5E300, 1.5e+300",
        "-2.5E-7, -2.5e-07",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "123456789012345680, 1.2345678901234568e+17",
    })
    void floatsLookLikePythons(double number, String text) {
        assertThat(PythonJson.text(number)).isEqualTo(text);
    }

    @Test
    void textIsEscapedLikePythons() {
        assertThat(PythonJson.text("a\"b\\c/\n\r\t\b\f\u0000\u001f\u007fé€😀\u2028"))
                .isEqualTo("\"a\\\"b\\\\c/\\n\\r\\t\\b\\f\\u0000\\u001f\\u007f\\u00e9\\u20ac\\ud83d\\ude00\\u2028\"");
    }

    @Test
    void everythingIsCompact() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", Arrays.asList(1, null, true, 2L));
        map.put("a", Map.of());
        assertThat(PythonJson.text(map)).isEqualTo("{\"b\":[1,null,true,2],\"a\":{}}");
        assertThat(PythonJson.text(List.of())).isEqualTo("[]");
    }

    @Property(tries = 100)
    void whatWasWrittenIsReadAsTheSame(@ForAll("json") Object value) {
        byte[] written = PythonJson.bytes(value);
        Object read = DcsJson.parse(written).orElseThrow().value();
        assertThat(read).isEqualTo(value);
        assertThat(PythonJson.bytes(read)).isEqualTo(written);
    }

    @Provide
    Arbitrary<Object> json() {
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                Arbitraries.strings().map(text -> text),
                Arbitraries.integers().map(number -> number),
                Arbitraries.longs().greaterOrEqual(1L << 40).map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.of(true, false));
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(ArrayList::new),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), inner)
                                .ofMaxSize(4)
                                .map(LinkedHashMap::new)),
                0,
                4);
    }
}
