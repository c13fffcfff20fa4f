package io.pgha.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotNameTest {
    @ParameterizedTest
    @CsvSource({"pg0,pg0", "PG-1.example,pg_1_example", "a b,au0032b", "ä,u0228", "'x''y',xu0039y"})
    void aMembersSlotIsNamedAsFactsSay(String member, String slot) {
        assertThat(SlotName.of(member)).isEqualTo(slot);
    }
}
