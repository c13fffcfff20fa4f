package io.pgha.postgres.process;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProcessEntryTest {
    private static final String REST =
            " S 1 4711 4711 0 -1 4194560 2735 0 0 0 1 2 0 0 20 0 1 0 123456 224186368 6816 18446744073709551615 1 1";

    @Test
    void aNameMayContainAnything() {
        assertThat(ProcessEntry.parse("4711 (post) gres (1 2)" + REST))
                .contains(new ProcessEntry(4711, 1, 'S', 123456));
    }

    @Test
    void aZombieDoesNotLive() {
        assertThat(ProcessEntry.parse("4711 (postgres)" + REST.replace(" S ", " Z ")))
                .hasValueSatisfying(entry -> assertThat(entry.alive()).isFalse());
    }

    @Test
    void thisProcessIsFound() {
        assertThat(ProcessTable.find(ProcessHandle.current().pid()))
                .hasValueSatisfying(entry -> assertThat(entry.alive()).isTrue());
        assertThat(ProcessTable.runs(ProcessHandle.current().pid(), 1)).isFalse();
    }

    @Property
    void noTextIsTooStrange(@ForAll String text) {
        assertThat(ProcessEntry.parse(text)).isNotNull();
    }
}
