package io.pgha.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.config.source.Yaml;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.SlotMatcher;
import io.pgha.core.model.SlotStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicConfigTest {

    @Test
    void nothingConfiguredMeansPatronisDefaults() {
        DynamicConfig config = DynamicConfig.EMPTY;

        assertThat(config.requestedTiming()).isEqualTo(Timing.ofSeconds(30, 10, 10));
        assertThat(config.maximumLagOnFailover()).isEqualTo(1_048_576);
        assertThat(config.maximumLagOnSyncnode()).isEqualTo(-1);
        assertThat(config.primaryStartTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.primaryStopTimeout()).isZero();
        assertThat(config.memberSlotsTtl()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.synchronousMode()).isEqualTo(SynchronousMode.OFF);
        assertThat(config.synchronousNodeCount()).isOne();
        assertThat(config.useSlots()).isTrue();
        assertThat(config.paused()).isFalse();
        assertThat(config.failsafeMode()).isFalse();
        assertThat(config.checkTimeline()).isFalse();
        assertThat(config.standbyCluster()).isEmpty();
        assertThat(config.permanentSlots()).isEmpty();
        assertThat(config.ignoreSlots()).isEmpty();
    }

    @Test
    void valuesMayBeTextsAndCarryUnits() {
        DynamicConfig config = of("{ttl: '0x14', loop_wait: 5s, member_slots_ttl: 10min, pause: 'on',"
                + " maximum_lag_on_failover: 2MB, primary_start_timeout: '0'}");

        assertThat(config.requestedTiming()).isEqualTo(Timing.ofSeconds(20, 5, 10));
        assertThat(config.memberSlotsTtl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.paused()).isTrue();
        assertThat(config.maximumLagOnFailover()).isEqualTo(2L * 1024 * 1024);
        assertThat(config.primaryStartTimeout()).isZero();
    }

    @Test
    void valuesThatCannotBeReadCountAsNotGiven() {
        assertThat(of("{ttl: soon, loop_wait: [1], pause: maybe, slots: 5, ignore_slots: 3, standby_cluster: x}"))
                .satisfies(config -> {
                    assertThat(config.requestedTiming()).isEqualTo(Timing.DEFAULT);
                    assertThat(config.paused()).isFalse();
                    assertThat(config.permanentSlots()).isEmpty();
                    assertThat(config.ignoreSlots()).isEmpty();
                    assertThat(config.standbyCluster()).isEmpty();
                });
    }

    @ParameterizedTest
    @CsvSource({"on,ON", "true,ON", "quorum,QUORUM", "QUORUM,QUORUM", "off,OFF", "junk,OFF"})
    void synchronousModeHasThreeValues(String written, SynchronousMode mode) {
        assertThat(new DynamicConfig(Map.of("synchronous_mode", written)).synchronousMode())
                .isEqualTo(mode);
    }

    @Test
    void strictSynchronousModeWantsAtLeastOneStandby() {
        assertThat(of("{synchronous_mode: on, synchronous_mode_strict: on, synchronous_node_count: 0}")
                        .synchronousNodeCount())
                .isOne();
        assertThat(of("{synchronous_mode: on, synchronous_node_count: 0}").synchronousNodeCount())
                .isZero();
    }

    @Test
    void aStandbyClusterIsNeverSynchronous() {
        assertThat(of("{synchronous_mode: on, standby_cluster: {host: 10.0.0.1}}")
                        .synchronousMode())
                .isEqualTo(SynchronousMode.OFF);
    }

    @Test
    void aStandbyClusterIsOnWithHostPortOrRestoreCommand() {
        assertThat(of("{standby_cluster: {primary_slot_name: x}}").standbyCluster())
                .isEmpty();
        assertThat(of("{standby_cluster: {host: '', port: }}").standbyCluster()).isEmpty();
        StandbyCluster cluster = of("{standby_cluster: {port: 5432, create_replica_methods: [basebackup],"
                        + " recovery_min_apply_delay: 5min, unknown: 1}}")
                .standbyCluster()
                .orElseThrow();
        assertThat(cluster.port()).contains("5432");
        assertThat(cluster.createReplicaMethods()).containsExactly("basebackup");
        assertThat(cluster.recoverySettings()).containsExactly(Map.entry("recovery_min_apply_delay", "5min"));
    }

    @Test
    void slotsAreReadInAllTheirForms() {
        DynamicConfig config = of("{slots: {a: , b: {}, c: 0, d: {type: physical, cluster_type: standby},"
                + " e: {type: logical, database: x, plugin: p, lsn: 5}, f: {database: x, plugin: p},"
                + " g: {type: logical}, h: true, i: {type: other}}}");

        PermanentSlot physical = new PermanentSlot.Physical(Optional.empty());
        assertThat(config.permanentSlots())
                .containsOnly(
                        Map.entry("a", physical),
                        Map.entry("b", physical),
                        Map.entry("c", physical),
                        Map.entry("d", new PermanentSlot.Physical(Optional.of("standby"))),
                        Map.entry("e", new PermanentSlot.Logical("x", "p")),
                        Map.entry("f", new PermanentSlot.Logical("x", "p")));
    }

    @Test
    void anOldNameOfSlotsComesFirst() {
        assertThat(of("{slots: {a: }, permanent_slots: {b: }}").permanentSlots())
                .containsOnlyKeys("b");
        assertThat(of("{permanent_replication_slots: {c: }, permanent_slots: {b: }}")
                        .permanentSlots())
                .containsOnlyKeys("c");
    }

    @Test
    void aSlotIsIgnoredIfEveryGivenPropertyMatches() {
        List<SlotMatcher> matchers = of("{ignore_slots: [{name: a}, {type: logical, plugin: p}, junk]}")
                .ignoreSlots();

        assertThat(matchers).hasSize(2);
        assertThat(matchers.get(0).matches(physical("a"))).isTrue();
        assertThat(matchers.get(0).matches(physical("b"))).isFalse();
        assertThat(matchers.get(1).matches(logical("p"))).isTrue();
        assertThat(matchers.get(1).matches(logical("q"))).isFalse();
    }

    private static SlotStatus physical(String name) {
        return SlotStatus.physical(name, false, Optional.empty());
    }

    private static SlotStatus logical(String plugin) {
        return SlotStatus.logical("x", new PermanentSlot.Logical("db", plugin), Lsn.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upper",
                "a-b",
                "a.b",
                "a b",
                "a'b",
                "é",
                "../x",
                "",
                "a\\nb",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void aNameThatIsNoneForASlotIsLeftOut(String name) {
        assertThat(new DynamicConfig(Map.of("slots", Map.of(name, Map.of()))).permanentSlots())
                .isEmpty();
    }

    @Test
    void theOldNameOfATimeoutCountsOnlyAlone() {
        assertThat(of("{master_start_timeout: 7}").primaryStartTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(of("{master_start_timeout: 7, primary_start_timeout: 8}").primaryStartTimeout())
                .isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void unknownKeysAreKept() {
        assertThat(of("{future: {key: 1}}").patched(Map.of("ttl", 20L)).raw())
                .containsOnly(Map.entry("future", Map.of("key", 1L)), Map.entry("ttl", 20L));
    }

    private static DynamicConfig of(String yaml) {
        return new DynamicConfig(Yaml.read("test", yaml, new ArrayList<>()).values());
    }
}
