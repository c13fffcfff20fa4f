package io.pgha.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ConfigPatchTest {

    @Test
    void nullDeletesAndDeletingNothingChangesNothing() {
        assertThat(ConfigPatch.patch(Map.of("a", 1L), nulls("a"))).isEqualTo(new ConfigPatch.Result(Map.of(), true));
        assertThat(ConfigPatch.patch(Map.of("a", 1L), nulls("b")))
                .isEqualTo(new ConfigPatch.Result(Map.of("a", 1L), false));
    }

    @Test
    void aMappingIsMergedIntoAMapping() {
        var result = ConfigPatch.patch(Map.of("p", Map.of("x", 1L, "y", 2L)), Map.of("p", Map.of("y", 3L, "z", 4L)));

        assertThat(result.config()).isEqualTo(Map.of("p", Map.of("x", 1L, "y", 3L, "z", 4L)));
        assertThat(result.changed()).isTrue();
    }

    @Test
    void aMappingReplacesAScalarAndTheOtherWayRound() {
        assertThat(ConfigPatch.patch(Map.of("p", 1L), Map.of("p", Map.of("x", 1L)))
                        .config())
                .isEqualTo(Map.of("p", Map.of("x", 1L)));
        assertThat(ConfigPatch.patch(Map.of("p", Map.of("x", 1L)), Map.of("p", 1L))
                        .config())
                .isEqualTo(Map.of("p", 1L));
    }

    @Test
    void aValueWithTheSameTextIsNoChange() {
        assertThat(ConfigPatch.patch(Map.of("ttl", 30L), Map.of("ttl", "30")))
                .isEqualTo(new ConfigPatch.Result(Map.of("ttl", 30L), false));
    }

    @Test
    void comparisonIsDeepAndByText() {
        assertThat(ConfigPatch.deepEquals(Map.of("a", Map.of("b", 1L)), Map.of("a", Map.of("b", "1"))))
                .isTrue();
        assertThat(ConfigPatch.deepEquals(Map.of("a", 1L), Map.of("b", 1L))).isFalse();
        assertThat(ConfigPatch.deepEquals(Map.of("a", List.of(1L)), Map.of("a", List.of(2L))))
                .isFalse();
    }

    @Property
    void patchingTwiceIsPatchingOnce(
            @ForAll("maps") Map<String, Object> config, @ForAll("maps") Map<String, Object> patch) {
        var once = ConfigPatch.patch(config, patch);
        var twice = ConfigPatch.patch(once.config(), patch);

        assertThat(twice.config()).isEqualTo(once.config());
        assertThat(twice.changed()).isFalse();
    }

    @Property
    void anEmptyPatchChangesNothing(@ForAll("maps") Map<String, Object> config) {
        assertThat(ConfigPatch.patch(config, Map.of())).isEqualTo(new ConfigPatch.Result(config, false));
    }

    @Property
    void everythingEqualsItself(@ForAll("maps") Map<String, Object> config) {
        assertThat(ConfigPatch.deepEquals(config, new LinkedHashMap<>(config))).isTrue();
    }

    @Provide
    Arbitrary<Map<String, Object>> maps() {
        return level(3);
    }

    private static Arbitrary<Map<String, Object>> level(int depth) {
        Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "d");
        Arbitrary<Object> scalars = Arbitraries.of(1L, 2L, "x", "1", true, List.of(1L));
        Arbitrary<Object> values = depth == 0
                ? scalars
                : Arbitraries.oneOf(scalars, level(depth - 1).map(map -> (Object) map));
        return Arbitraries.maps(keys, values).ofMaxSize(4);
    }

    private static Map<String, Object> nulls(String name) {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put(name, null);
        return patch;
    }
}
