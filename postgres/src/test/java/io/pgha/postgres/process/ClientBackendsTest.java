package io.pgha.postgres.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientBackendsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres: demo: checkpointer",
                "postgres: demo: background writer",
                "postgres: demo: walwriter",
                "postgres: demo: autovacuum launcher",
                "postgres: demo: autovacuum worker app",
                "postgres: demo: archiver last was 000000010000000000000003",
                "postgres: demo: startup recovering 000000010000000000000003",
                "postgres: demo: walreceiver streaming 0/3000148",
                "postgres: demo: walsender replicator 127.0.0.1(41234) streaming 0/3000148",
                "postgres: demo: logical replication launcher",
                "postgres: demo: io worker 0",
                "postgres: logger",
                "postgres: stats collector process",
                ""
            })
    void backgroundProcessesServeNoClient(String title) {
        assertThat(ClientBackends.isClient(title, "demo")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres: demo: app app 127.0.0.1(41234) idle",
                "postgres: demo: app app [local] COMMIT",
                "postgres: demo: checkpointer app [local] idle",
                "postgres: demo: walwriter postgres 10.0.0.1(999) INSERT",
                "/usr/lib/postgresql/15/bin/postgres -D /data"
            })
    void everythingElseMayServeAClient(String title) {
        assertThat(ClientBackends.isClient(title, "demo")).isTrue();
    }
}
