package io.pgha.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.DynamicConfig;
import io.pgha.config.Timing;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.Member;
import io.pgha.core.model.MemberBuilder;
import io.pgha.core.model.Role;
import io.pgha.core.model.ShortestTtl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigurationTest {
    @TempDir
    private Path folder;

    private LiveConfiguration configuration;

    @BeforeEach
    void load() {
        configuration = new LiveConfiguration(
                new TestConfig(folder).load(),
                new DynamicConfig(Map.of("ttl", 30, "loop_wait", 10, "retry_timeout", 10)),
                Timing.Limits.PGHA,
                15);
    }

    @Test
    void whatTheDcsSaysIsAppliedOncePerRevision() {
        assertThat(configuration.seenInDcs()).isFalse();
        configuration.offer(key(Map.of("ttl", 5, "loop_wait", 1, "retry_timeout", 2), 7));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(5));
        configuration.offer(key(Map.of("ttl", 60), 7));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.dynamic()).containsEntry("ttl", 5);
        assertThat(configuration.seenInDcs()).isTrue();
    }

    @Test
    void besideAMemberOfPatroniTheTimesKeepToItsLimits() {
        configuration.offer(key(Map.of("ttl", 8, "loop_wait", 1, "retry_timeout", 2), 7));
        Member ours = new MemberBuilder("b")
                .unknownField(ShortestTtl.OURS, Map.of(ShortestTtl.FIELD, 5))
                .build();
        Member patronis = new MemberBuilder("c").build();
        Map<String, String> failsafe = Map.of("c", "http://10.0.0.3:8008/patroni");

        configuration.among(cluster(failsafe, ours));
        assertThat(configuration.settings().ttl())
                .as("one that is gone changes nothing by itself")
                .isEqualTo(Duration.ofSeconds(8));
        configuration.among(cluster(failsafe, ours, patronis));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(20));
        assertThat(configuration.settings().retryTimeout()).isEqualTo(Duration.ofSeconds(3));
        configuration.among(cluster(failsafe, ours));
        assertThat(configuration.settings().ttl())
                .as("it may still lead, by promises for 20 s")
                .isEqualTo(Duration.ofSeconds(20));
        configuration.among(cluster(Map.of(), ours));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(8));
        Member withoutDeadMan = new MemberBuilder("d")
                .unknownField(ShortestTtl.OURS, Map.of(ShortestTtl.FIELD, 20))
                .build();
        configuration.among(cluster(Map.of(), ours, withoutDeadMan));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(20));
    }

    private static ClusterView cluster(Map<String, String> failsafe, Member... members) {
        SortedMap<String, Member> all = new TreeMap<>();
        for (Member member : members) {
            all.put(member.name(), member);
        }
        ClusterView empty = ClusterView.EMPTY;
        return new ClusterView(
                1,
                empty.initialize(),
                1,
                empty.config(),
                empty.leader(),
                all,
                empty.status(),
                empty.failover(),
                empty.sync(),
                empty.history(),
                failsafe);
    }

    @Test
    void garbageInTheDcsLeavesTheLastGoodOneInForce() {
        configuration.offer(new DynamicConfigKey(Map.of(), 9, false));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(30));
        configuration.offer(key(Map.of("ttl", "soon", "loop_wait", List.of(), "postgresql", 5, "slots", "x"), 10));
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void itSaysThatTheLastGoodOneIsInForceUntilItIsMended() {
        assertThat(configuration.complaint()).isEmpty();
        configuration.offer(key(Map.of("ttl", List.of()), 10));
        assertThat(configuration.complaint())
                .get()
                .asString()
                .contains("the last good one stays in force", "ttl")
                .doesNotContain("error:");
        configuration.offer(key(Map.of("ttl", 40), 11));
        assertThat(configuration.complaint()).isEmpty();
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aLineOfHbaThatPostgresWouldRefuseLeavesTheLastGoodOneInForce() {
        configuration.offer(
                key(Map.of("ttl", 40, "postgresql", Map.of("pg_hba", List.of("hots all all all md5"))), 10));
        assertThat(configuration.complaint()).get().asString().contains("postgresql.pg_hba[0]");
        assertThat(configuration.settings().ttl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void timesThatBreakTheRuleAreFitted() {
        configuration.offer(key(Map.of("ttl", 20, "loop_wait", 10, "retry_timeout", 10), 8));
        Duration sum = configuration
                .settings()
                .loopWait()
                .plus(configuration.settings().retryTimeout().multipliedBy(2));
        assertThat(sum).isLessThanOrEqualTo(configuration.settings().ttl());
    }

    @Test
    void othersAreToldWhereWeAre() {
        assertThat(configuration.identity().connUrl()).isEqualTo("postgres://10.0.0.1:5432/postgres");
        assertThat(configuration.identity().apiUrl()).isEqualTo("http://10.0.0.1:8008/patroni");
        assertThat(configuration.identity().version()).matches("\\d+(\\.\\d+)+");
    }

    @Test
    void theRoleSelectsTheParameters() {
        LiveConfiguration roles = new LiveConfiguration(
                new TestConfig(folder)
                        .postgresql("parameters_primary: {work_mem: 32MB}\nparameters_replica: {work_mem: 2MB}")
                        .load(),
                DynamicConfig.EMPTY,
                Timing.Limits.PGHA,
                15);
        assertThat(roles.postgresSettings().parameters()).containsEntry("work_mem", "2MB");
        roles.role(Role.PROMOTED);
        assertThat(roles.postgresSettings().parameters()).containsEntry("work_mem", "32MB");
        roles.role(Role.DEMOTED);
        assertThat(roles.postgresSettings().parameters()).containsEntry("work_mem", "2MB");
    }

    @Test
    void aReloadChangesTagsAndCallbacks() {
        configuration.reload(new TestConfig(folder)
                .postgresql("callbacks: {on_start: /bin/true}")
                .with("tags: {noloadbalance: true}")
                .load());
        assertThat(configuration.settings().tags().noloadbalance()).isTrue();
        assertThat(configuration.callbacks()).containsEntry("on_start", "/bin/true");
    }

    @Test
    void beforeTheDcsTheCachedConfigurationBeatsBootstrap() throws java.io.IOException {
        DynamicConfigCache cache = new DynamicConfigCache(folder.resolve("data"));
        var local = new TestConfig(folder).dcs("ttl: 33\n").load();
        assertThat(LiveConfiguration.beforeTheDcs(local, cache).raw()).containsEntry("ttl", 33L);
        java.nio.file.Files.createDirectories(folder.resolve("data"));
        java.nio.file.Files.writeString(folder.resolve("data/patroni.dynamic.json"), "{\"ttl\":44}");
        assertThat(LiveConfiguration.beforeTheDcs(local, cache).raw()).containsEntry("ttl", 44);
    }

    private static DynamicConfigKey key(Map<String, Object> values, long revision) {
        return new DynamicConfigKey(values, revision, true);
    }
}
