package io.pgha.dcs.wire;

import io.pgha.core.model.ClusterStatus;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.core.model.HistoryEntry;
import io.pgha.core.model.LeaderLock;
import io.pgha.core.model.Member;
import io.pgha.core.model.SyncState;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes a {@link ClusterView} of the keys below a cluster's prefix (facts §1.2, §1.3). Never throws. */
public final class ClusterViewParser {
    private final KeyLayout keys;

    public ClusterViewParser(KeyLayout keys) {
        this.keys = keys;
    }

    /**
     * The cluster as these keys describe it; keys that it does not know are ignored.
     *
     * @param revision the DCS revision of the read
     */
    public ClusterView parse(Collection<RawEntry> entries, long revision) {
        Map<String, RawEntry> byKey = new HashMap<>();
        SortedMap<String, Member> members = new TreeMap<>();
        for (RawEntry entry : entries) {
            byKey.put(entry.key(), entry);
            keys.memberOf(entry.key()).ifPresent(name -> members.put(name, member(name, entry)));
        }
        @Nullable RawEntry initialize = byKey.get(keys.initialize());
        return new ClusterView(
                revision,
                Optional.ofNullable(initialize).map(RawEntry::text),
                initialize == null ? 0 : initialize.modRevision(),
                found(byKey, keys.config()).map(ClusterViewParser::config),
                found(byKey, keys.leader()).flatMap(ClusterViewParser::leader),
                members,
                status(byKey),
                found(byKey, keys.failover()).map(entry -> FailoverCodec.decode(entry.value(), entry.modRevision())),
                found(byKey, keys.sync()).map(ClusterViewParser::sync),
                found(byKey, keys.history()).flatMap(ClusterViewParser::history),
                found(byKey, keys.failsafe())
                        .map(entry -> FailsafeCodec.decode(entry.value()))
                        .orElse(Map.of()));
    }

    private ClusterStatus status(Map<String, RawEntry> byKey) {
        return found(byKey, keys.status())
                .map(entry -> entry.decoded(ClusterStatus.class, raw -> StatusCodec.decode(raw.value())))
                .or(() -> found(byKey, keys.legacyOptime()).map(entry -> StatusCodec.decodeLegacyOptime(entry.value())))
                .orElse(ClusterStatus.NONE);
    }

    private static Member member(String name, RawEntry entry) {
        return entry.decoded(Member.class, raw -> MemberCodec.decode(name, raw.value(), raw.leaseId()));
    }

    private static SyncState sync(RawEntry entry) {
        return entry.decoded(SyncState.class, raw -> SyncCodec.decode(raw.value(), raw.modRevision()));
    }

    private static DynamicConfigKey config(RawEntry entry) {
        return entry.decoded(DynamicConfigKey.class, raw -> ConfigCodec.decode(raw.value(), raw.modRevision()));
    }

    private static Optional<List<HistoryEntry>> history(RawEntry entry) {
        return entry.decoded(History.class, raw -> new History(HistoryCodec.decode(raw.value())))
                .lines();
    }

    private record History(Optional<List<HistoryEntry>> lines) {}

    private static Optional<RawEntry> found(Map<String, RawEntry> byKey, String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** An empty name is no leader (facts §1.3). */
    private static Optional<LeaderLock> leader(RawEntry entry) {
        String name = entry.text();
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new LeaderLock(name, entry.leaseId(), entry.modRevision()));
    }
}
