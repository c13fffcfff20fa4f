package io.pgha.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NameSetTest {
    @Test
    void namesAreComparedWithoutCaseAndKeepTheirSpelling() {
        NameSet set = NameSet.of("Node-A", "node-a", "b");
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.contains("NODE-A")).isTrue();
        assertThat(set.sorted()).containsExactly("Node-A", "b");
        assertThat(set).isEqualTo(NameSet.of("B", "node-A")).hasSameHashCodeAs(NameSet.of("B", "node-A"));
    }

    @Test
    void setsAreCombined() {
        NameSet set = NameSet.of("a", "b", "c");
        assertThat(set.plus("D")).isEqualTo(NameSet.of("a", "b", "c", "d"));
        assertThat(set.minus(NameSet.of("B", "x"))).isEqualTo(NameSet.of("a", "c"));
        assertThat(set.and(NameSet.of("C", "x"))).isEqualTo(NameSet.of("c"));
        assertThat(set.first(2)).isEqualTo(NameSet.of("a", "b"));
        assertThat(set.last(2)).isEqualTo(NameSet.of("b", "c"));
        assertThat(set.isStrictSupersetOf(NameSet.of("A", "B"))).isTrue();
        assertThat(set.isStrictSupersetOf(set)).isFalse();
        assertThat(set.isDisjointFrom(NameSet.of("x"))).isTrue();
    }

    @Property
    void equalNamesHaveEqualHashes(@ForAll String name) {
        for (String other : new String[] {name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)}) {
            NameSet one = NameSet.of(name);
            NameSet two = NameSet.of(other);
            assertThat(one.equals(two)).isEqualTo(two.equals(one));
            if (one.equals(two)) {
                assertThat(one).hasSameHashCodeAs(two);
            }
        }
    }
}
