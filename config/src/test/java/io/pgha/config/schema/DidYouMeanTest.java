package io.pgha.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {

    @ParameterizedTest
    @CsvSource({
        "min_log_message,log_min_messages",
        "max_conections,max_connections",
        "shared_bufers,shared_buffers",
        "wal-level,wal_level",
        "work_men,work_mem",
        "archive_comand,archive_command",
    })
    void aMisspeltParameterIsRecognised(String written, String meant) {
        assertThat(Gucs.nearest(written)).contains(meant);
    }

    @Test
    void somethingElseIsNotTakenForAKnownName() {
        assertThat(DidYouMean.among(List.of("ttl", "loop_wait", "retry_timeout"), "colour"))
                .isEmpty();
        assertThat(DidYouMean.among(List.of("ttl"), "all")).isEmpty();
    }

    @Test
    void swappedNeighboursAreOneMistake() {
        assertThat(DidYouMean.distance("listen", "litsen")).isOne();
    }
}
