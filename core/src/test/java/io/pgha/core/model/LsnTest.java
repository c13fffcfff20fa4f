package io.pgha.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @Test
    void aPositionIsWrittenAsPostgresqlWritesIt() {
        assertThat(new Lsn(67_108_864)).hasToString("0/4000000");
        assertThat(new Lsn(0x1_0000_00FFL)).hasToString("1/FF");
    }

    @Property
    void whatWasWrittenCanBeRead(@ForAll @LongRange(min = 0) long bytes) {
        assertThat(Lsn.parse(new Lsn(bytes).toString())).contains(new Lsn(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "0", "0/", "/0", "x/0", "0/x", "-1/0", "0/-1", "123456789/0", "0/123456789"})
    void whatIsNoPositionIsNotRead(String text) {
        assertThat(Lsn.parse(text)).isEmpty();
    }
}
