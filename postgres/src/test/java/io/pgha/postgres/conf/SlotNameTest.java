package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotNameTest {
    @ParameterizedTest
    @CsvSource({
        "pg1, pg1",
        "PG-Node.1, pg_node_1",
        "my node, myu0032node",
        "a/b, au0047b",
        "é, u0233",
        "😀, u128512",
        "under_score, under_score"
    })
    void followsTheMappingOfPatroni(String member, String slot) {
        assertThat(SlotName.of(member)).isEqualTo(slot);
    }

    @Property
    void anyNameGivesASlotThatPostgresTakes(@ForAll @NotEmpty String member) {
        assertThat(SlotName.isValid(SlotName.of(member))).isTrue();
    }
}
