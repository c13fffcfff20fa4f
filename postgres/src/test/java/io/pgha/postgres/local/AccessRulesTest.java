package io.pgha.postgres.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.postgres.ConfigRole;
import io.pgha.postgres.testkit.PostgresNode;
import io.pgha.postgres.testkit.Sandbox;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pg_hba.conf that the server does not take is said while it still runs. */
@Tag("real")
class AccessRulesTest {
    private final Sandbox sandbox = Sandbox.open();
    private final PostgresNode node = sandbox.node("pg1");

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void aRuleThatTheServerRefusesIsSaidUntilItIsMended() {
        node.bootstrapped();
        String all = "host all all 127.0.0.1/32 trust";
        String replication = "host replication all 127.0.0.1/32 trust";
        configure(List.of("local all all trust", all, replication, "local /( all md5 map=x"));
        assertThat(node.observe().complaint().orElse("")).contains("would not start again", "line ", "\"map\"");
        configure(List.of("local all all trust", all, replication));
        assertThat(node.observe().complaint()).isEmpty();
        // Without ssl this line matches nobody, but it is none that is refused.
        configure(List.of("local all all trust", "hostssl all all all trust", all, replication));
        assertThat(node.observe().complaint()).isEmpty();
    }

    private void configure(List<String> lines) {
        node.with(settings -> settings.pgHba(lines));
        assertThat(node.postgres()
                        .configure(node.settings(), ConfigRole.PRIMARY)
                        .succeeded())
                .isTrue();
    }
}
