package io.pgha.postgres.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.model.PendingRestartReason;
import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import io.pgha.postgres.testkit.SettingsEditor;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waits for a restart, and what only looks as if it did. */
@Tag("real")
class PendingRestartTest {
    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode node = sandbox.node("pg1");

    @BeforeEach
    void bootstrap() {
        node.bootstrapped();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aValueInAnotherUnitIsTheSame() {
        assertThat(after(settings -> settings.parameter("shared_buffers", "8192kB")))
                .isEmpty();
        assertThat(after(settings -> settings.parameter("shared_buffers", "16MB")))
                .containsEntry("shared_buffers", new PendingRestartReason("8MB", "16MB"));
        assertThat(after(settings -> settings.parameter("shared_buffers", "1024")))
                .isEmpty();
        assertThat(after(settings -> settings.parameter("wal_log_hints", "true").parameter("wal_buffers", "-1")))
                .isEmpty();
    }

    @Test
    void whatIsTakenBackDoesNotWait() {
        assertThat(after(settings -> settings.parameter("max_files_per_process", "900")
                        .parameter("max_connections", "40")
                        .parameter("track_activity_query_size", "2kB")))
                .isEqualTo(Map.of(
                        "max_files_per_process", new PendingRestartReason("1000", "900"),
                        "max_connections", new PendingRestartReason("30", "40"),
                        "track_activity_query_size", new PendingRestartReason("1kB", "2kB")));
        // PostgreSQL itself goes on to say pending_restart of what its files do not mention any more.
        assertThat(after(settings -> settings.without("max_files_per_process")
                        .without("track_activity_query_size")
                        .parameter("max_connections", "30")))
                .isEmpty();
    }

    private Map<String, PendingRestartReason> after(UnaryOperator<SettingsEditor> change) {
        node.with(change);
        node.postgres().configure(node.settings(), ConfigRole.PRIMARY);
        return node.observe().pendingRestartReasons();
    }
}
