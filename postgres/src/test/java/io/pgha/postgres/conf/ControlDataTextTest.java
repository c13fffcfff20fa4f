package io.pgha.postgres.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.ControlData;
import io.pgha.core.model.ControlState;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Timeline;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ControlDataTextTest {
    private static final String REAL = Samples.text("pg_controldata-15.txt");

    @Test
    void readsWhatAFreshClusterSays() {
        ControlData data = ControlDataText.parse(REAL).data().orElseThrow();
        assertThat(data.systemIdentifier()).matches("7\\d{18}");
        assertThat(data.state()).isEqualTo(ControlState.SHUT_DOWN);
        assertThat(data.checkpoint()).isGreaterThan(Lsn.ZERO);
        assertThat(data.checkpointTimeline()).isEqualTo(Timeline.FIRST);
        assertThat(data.minimumRecoveryEnd()).isEqualTo(Lsn.ZERO);
        assertThat(data.minimumRecoveryTimeline().isKnown()).isFalse();
        assertThat(data.dataChecksums()).isTrue();
        assertThat(data.walLogHints()).isFalse();
    }

    @Test
    void namesSettingsAsTheServerDoes() {
        assertThat(ControlDataText.parse(REAL).settings())
                .containsEntry("max_connections", "100")
                .containsEntry("max_prepared_transactions", "0")
                .containsEntry("max_locks_per_transaction", "64")
                .containsEntry("max_wal_senders", "10")
                .containsEntry("wal_level", "replica");
        assertThat(ControlDataText.parse("Current max_connections setting: 7\n").settings())
                .containsEntry("max_connections", "7");
        assertThat(ControlDataText.parse(REAL).redoWalFile()).contains("000000010000000000000001");
    }

    @Test
    void acceptsNoFileThatTheProgramItselfDistrusts() {
        assertThat(ControlDataText.parse(
                                "WARNING: Calculated CRC checksum does not match value stored in file.\n" + REAL)
                        .data())
                .isEmpty();
    }

    @Test
    void aMissingOrUnreadableFieldMakesTheWholeUnknown() {
        for (String label : List.of(
                "Database system identifier",
                "Database cluster state",
                "Latest checkpoint location",
                "Latest checkpoint's TimeLineID")) {
            assertThat(ControlDataText.parse(REAL.replace(label + ":", "Other:"))
                            .data())
                    .as(label)
                    .isEmpty();
        }
        assertThat(ControlDataText.parse(REAL.replaceFirst("TimeLineID: +1", "TimeLineID: 0"))
                        .data())
                .isEmpty();
    }

    @Property(tries = 2000)
    void noOutputBreaksTheReader(@ForAll String text) {
        assertThat(ControlDataText.parse(text).data()).isEmpty();
    }

    @Property(tries = 5000)
    void noDamageToRealOutputBreaksTheReader(@ForAll long seed) {
        Random random = new Random(seed);
        StringBuilder damaged = new StringBuilder(REAL);
        for (int i = random.nextInt(20); i >= 0; i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.setCharAt(at, (char) random.nextInt(300));
                case 1 -> damaged.deleteCharAt(at);
                default -> damaged.insert(at, (char) random.nextInt(128));
            }
        }
        ControlDataText text = ControlDataText.parse(damaged.toString());
        assertThat(text.settings()).isNotNull();
        assertThat(text.data()).isNotNull();
    }
}
