package io.pgha.config;

import io.pgha.config.value.ConfigPatch;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Unit;
import io.pgha.config.value.Values;
import io.pgha.core.model.PermanentSlot;
import io.pgha.core.model.SlotMatcher;
import io.pgha.core.model.SlotName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cluster-wide configuration: a typed view of the JSON in the DCS key {@code config} (or of {@code bootstrap.dcs}, or of
 * the cached {@code patroni.dynamic.json}). Unknown keys stay in {@link #raw()}. A value that cannot be read counts as
 * not given, as in Patroni (facts §2.3).
 *
 * @param raw the JSON as it is, never modified
 */
public record DynamicConfig(Map<String, Object> raw) {

    /** Nothing configured: every default. */
    public static final DynamicConfig EMPTY = new DynamicConfig(Map.of());

    public DynamicConfig {
        raw = Collections.unmodifiableMap(new LinkedHashMap<>(raw));
    }

    /** Times as configured or by profile or default, not yet fitted to the rule. */
    public Timing requestedTiming() {
        Timing fallback = profile().orElse(Profile.NORMAL).timing();
        return new Timing(
                values().seconds("ttl", fallback.ttl()),
                values().seconds("loop_wait", fallback.loopWait()),
                values().seconds("retry_timeout", fallback.retryTimeout()));
    }

    /** Times that keep the rule, with what had to be adjusted. */
    public Timing.Enforced timing(Timing.Limits limits) {
        return requestedTiming().enforce(limits);
    }

    /** pgha's named timings, if one is chosen. */
    public Optional<Profile> profile() {
        return values().text("profile").flatMap(Profile::named);
    }

    /** How many bytes of WAL a candidate may lack; also the default lag of {@code /readiness}. */
    public long maximumLagOnFailover() {
        return SettingValue.integer(raw.get("maximum_lag_on_failover"), Unit.BYTES)
                .orElse(1_048_576L);
    }

    /** How many bytes a synchronous standby may lag before it is replaced; 0 or less: no limit. */
    public long maximumLagOnSyncnode() {
        return SettingValue.integer(raw.get("maximum_lag_on_syncnode"), Unit.BYTES)
                .orElse(-1L);
    }

    /** How many lines of timeline history are kept in the DCS; 0: all. */
    public int maxTimelinesHistory() {
        return values().small("max_timelines_history", 0);
    }

    /** Whether a replica on an older timeline than the leader's is refused in the leader race. */
    public boolean checkTimeline() {
        return values().bool("check_timeline", false);
    }

    /** How long a crashed primary may take to come back before the lock is given up. */
    public Duration primaryStartTimeout() {
        String key = values().has("primary_start_timeout") ? "primary_start_timeout" : "master_start_timeout";
        return values().seconds(key, Duration.ofMinutes(5));
    }

    /** How long a stopping primary may take in synchronous mode before it is killed; zero: no limit. */
    public Duration primaryStopTimeout() {
        String key = values().has("primary_stop_timeout") ? "primary_stop_timeout" : "master_stop_timeout";
        return values().seconds(key, Duration.ZERO);
    }

    /** How long others leave the lock to a preferred candidate; zero: off. */
    public Duration primaryRaceBackoff() {
        return values().seconds("primary_race_backoff", Duration.ZERO);
    }

    /** Synchronous replication; off in a standby cluster. */
    public SynchronousMode synchronousMode() {
        if (standbyCluster().isPresent()) {
            return SynchronousMode.OFF;
        }
        if (values().text("synchronous_mode").filter("quorum"::equalsIgnoreCase).isPresent()) {
            return SynchronousMode.QUORUM;
        }
        return values().bool("synchronous_mode", false) ? SynchronousMode.ON : SynchronousMode.OFF;
    }

    /** Whether the primary rather waits than runs without a synchronous standby. */
    public boolean synchronousModeStrict() {
        return synchronousMode().enabled() && values().bool("synchronous_mode_strict", false);
    }

    /** How many synchronous standbys are wanted: at least 1 in strict mode, otherwise at least 0. */
    public int synchronousNodeCount() {
        return Math.max(values().small("synchronous_node_count", 1), synchronousModeStrict() ? 1 : 0);
    }

    /** Whether the leader may go on without the DCS while every member agrees. */
    public boolean failsafeMode() {
        return values().bool("failsafe_mode", false);
    }

    /** Maintenance mode. */
    public boolean paused() {
        return values().bool("pause", false);
    }

    /** How long the slot of a member that vanished is kept. */
    public Duration memberSlotsTtl() {
        return values().seconds("member_slots_ttl", Duration.ofMinutes(30));
    }

    /**
     * Slots the cluster keeps through failovers, by name; entries that make no sense, and names that PostgreSQL would
     * not take, are left out (facts §1.9 and §2.3).
     */
    public Map<String, PermanentSlot> permanentSlots() {
        String key = values().has("permanent_replication_slots")
                ? "permanent_replication_slots"
                : values().has("permanent_slots") ? "permanent_slots" : "slots";
        Map<String, PermanentSlot> result = new LinkedHashMap<>();
        values().section(key).map().forEach((name, value) -> {
            if (SlotName.isValid(name)) {
                slot(value).ifPresent(slot -> result.put(name, slot));
            }
        });
        return Collections.unmodifiableMap(result);
    }

    /** Slots that are left alone although nobody here asked for them. */
    public List<SlotMatcher> ignoreSlots() {
        List<SlotMatcher> result = new ArrayList<>();
        if (raw.get("ignore_slots") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map) {
                    Values matcher = Values.of(item);
                    result.add(new SlotMatcher(
                            matcher.filled("name"),
                            matcher.filled("type"),
                            matcher.filled("database"),
                            matcher.filled("plugin")));
                }
            }
        }
        return List.copyOf(result);
    }

    /** The cluster to follow; on only if host, port or restore_command is given. */
    public Optional<StandbyCluster> standbyCluster() {
        Values section = values().section("standby_cluster");
        if (section.filled("host").isEmpty()
                && section.filled("port").isEmpty()
                && section.filled("restore_command").isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> recovery = new LinkedHashMap<>();
        for (String name : List.of("restore_command", "archive_cleanup_command", "recovery_min_apply_delay")) {
            section.filled(name).ifPresent(value -> recovery.put(name, value));
        }
        return Optional.of(new StandbyCluster(
                section.filled("host"),
                section.filled("port"),
                section.filled("primary_slot_name"),
                section.texts("create_replica_methods"),
                recovery));
    }

    /** Whether replicas get physical slots on the leader ({@code postgresql.use_slots}, only from here). */
    public boolean useSlots() {
        return postgresql().bool("use_slots", true);
    }

    /** The dynamic part of the {@code postgresql} section. */
    public Values postgresql() {
        return values().section("postgresql");
    }

    /** Top-level keys as they are. */
    public Values values() {
        return new Values(raw);
    }

    /** This configuration with a patch laid over it (facts §2.12). */
    public DynamicConfig patched(Map<String, ?> patch) {
        return new DynamicConfig(ConfigPatch.patch(raw, patch).config());
    }

    private static Optional<PermanentSlot> slot(@org.jspecify.annotations.Nullable Object value) {
        boolean falsy = value == null
                || value.equals(false)
                || value.equals("")
                || value.equals(0L)
                || value.equals(0)
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (falsy) {
            return Optional.of(new PermanentSlot.Physical(Optional.empty()));
        }
        if (!(value instanceof Map)) {
            return Optional.empty();
        }
        Values slot = Values.of(value);
        Optional<String> database = slot.filled("database");
        Optional<String> plugin = slot.filled("plugin");
        boolean both = database.isPresent() && plugin.isPresent();
        return switch (slot.text("type").orElse(both ? "logical" : "physical")) {
            case "physical" -> Optional.of(new PermanentSlot.Physical(slot.filled("cluster_type")));
            case "logical" ->
                both ? Optional.of(new PermanentSlot.Logical(database.get(), plugin.get())) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
