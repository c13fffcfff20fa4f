package io.pgha.dcs.wire;

import io.pgha.core.model.SyncState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The value of {@code sync} (facts §1.8). */
public final class SyncCodec {
    private SyncCodec() {}

    /** All three fields, {@code null} where there is nothing; the names sorted. */
    public static byte[] encode(SyncState state) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("leader", state.leader().orElse(null));
        json.put("quorum", state.quorum());
        json.put(
                "sync_standby",
                state.voters().isEmpty()
                        ? null
                        : state.voters().stream().sorted().collect(Collectors.joining(",")));
        return PythonJson.bytes(json);
    }

    /**
     * Reads the state. Garbage, and a state without a leader, give one without leader and voters: it is empty, but its
     * revision is needed to replace it.
     */
    public static SyncState decode(byte[] value, long modRevision) {
        SyncState empty = new SyncState(Optional.empty(), 0, List.of(), modRevision);
        Map<String, @Nullable Object> fields = DcsJson.parseObject(value).orElse(Map.of());
        if (!(fields.get("leader") instanceof String leader) || leader.isEmpty()) {
            return empty;
        }
        long quorum = Numbers.integer(fields.get("quorum")).orElse(0);
        return new SyncState(
                Optional.of(leader),
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, quorum)),
                voters(fields.get("sync_standby")),
                modRevision);
    }

    private static List<String> voters(@Nullable Object value) {
        return value instanceof String names
                ? Arrays.stream(names.split(",", -1))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .toList()
                : List.of();
    }
}
