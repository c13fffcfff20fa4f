package io.pgha.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.JobProgress;
import io.pgha.postgres.JobControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BackupProgressTest {
    private final List<String> told = new ArrayList<>();
    private final BackupProgress progress = new BackupProgress(new JobControl() {
        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable action) {
            return () -> {};
        }

        @Override
        public void progress(String text) {}

        @Override
        public void copied(long done, OptionalLong total) {
            told.add(done + "/" + total.orElse(-1));
        }
    });

    @Test
    void theLastLineOfAPieceCounts() {
        progress.accept("waiting for checkpoint\n");
        progress.accept("  100/2000 kB (5%), 0/1 tablespace\n  300/2000 kB (15%), 0/1 tablespace");
        progress.accept("2100/2000 kB (100%), 1/1 tablespace");
        assertThat(told).containsExactly("307200/2048000", "2150400/2150400");
    }

    @Test
    void aComplaintIsShownWithoutSuchLines() {
        assertThat(BackupProgress.without("exit code 1:  100/2000 kB (5%), 0/1 tablespace | pg_basebackup: error: no"))
                .isEqualTo("exit code 1: pg_basebackup: error: no");
    }

    @Test
    void theTimeLeftFollowsFromTheRate() {
        OptionalLong total = OptionalLong.of(400);
        assertThat(JobProgress.after(Duration.ofSeconds(10), 100, total).left()).contains(Duration.ofSeconds(30));
        assertThat(JobProgress.after(Duration.ofSeconds(10), 400, total).left()).contains(Duration.ZERO);
        assertThat(JobProgress.after(Duration.ZERO, 100, total).left()).isEmpty();
        assertThat(JobProgress.after(Duration.ofSeconds(1), 0, total).left()).isEmpty();
        assertThat(JobProgress.after(Duration.ofSeconds(1), 5, OptionalLong.empty())
                        .left())
                .isEqualTo(Optional.empty());
    }
}
