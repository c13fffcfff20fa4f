package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HistoryFileTest {
    @Test
    void readsEachTimelineThatEnded() {
        assertThat(HistoryFile.parse("1\t0/4045B20\tno recovery target specified\n\n"
                        + "# comment\n2\t0/4045D20\tbefore 2026-11-21 01:00:00+00\n"))
                .extracting(HistoryEntry::timeline, HistoryEntry::switchPoint, HistoryEntry::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                new Timeline(1), new Lsn(67394336), "no recovery target specified"),
                        org.assertj.core.groups.Tuple.tuple(
                                new Timeline(2), new Lsn(67394848), "before 2026-11-21 01:00:00+00"));
    }

    @Test
    void namesAreHexadecimal() {
        assertThat(HistoryFile.name(new Timeline(26))).isEqualTo("0000001A.history");
    }

    @Test
    void linesThatAreNoneAreSkipped() {
        assertThat(HistoryFile.parse(
                        "x\n0 0/1 a\n99999999999 0/1 a\n4294967295 0/1 a\n1 0-1 a\n1 FFFFFFFF/1 a\n3 0/1\n"))
                .extracting(HistoryEntry::timeline)
                .containsExactly(new Timeline(3));
    }

    @Property
    void noFileBreaksTheReader(@ForAll String text) {
        assertThat(HistoryFile.parse(text)).isNotNull();
    }
}
