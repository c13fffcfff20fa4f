package io.pgha.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one member says of itself in its key {@code members/NAME} (facts §1.4). Everything but the name may be missing:
 * the value may come from a peer that is older, newer or broken.
 *
 * @param name the member's name, from the key's path
 * @param leaseId the lease that the key is attached to; 0 when none
 * @param connUrl {@code postgres://host:port/database}
 * @param apiUrl {@code http(s)://host:port/patroni}
 * @param state state text, kept as written when it is not one of ours
 * @param role role word, kept as written
 * @param version the peer's version, digits and dots
 * @param proxyUrl {@code postgres://…} of a pooler in front, when configured
 * @param tags effective tags
 * @param checkpointAfterPromote false while a new leader has not finished its first checkpoint; else absent
 * @param pendingRestart whether a restart is pending
 * @param pendingRestartReasons by parameter name
 * @param xlogLocation primary: flush position; standby: the later of received and replayed
 * @param receiveLsn standby only
 * @param replayLsn standby only
 * @param replicationState {@code streaming} or {@code in archive recovery}
 * @param timeline {@link Timeline#UNKNOWN} when not published
 * @param scheduledRestart as written, when scheduled
 * @param pause whether the member knows that the cluster is paused
 * @param unknownFields fields of newer versions, kept for a round trip
 */
public record Member(
        String name,
        long leaseId,
        Optional<String> connUrl,
        Optional<String> apiUrl,
        Optional<String> state,
        Optional<String> role,
        Optional<String> version,
        Optional<String> proxyUrl,
        Tags tags,
        Optional<Boolean> checkpointAfterPromote,
        boolean pendingRestart,
        Map<String, PendingRestartReason> pendingRestartReasons,
        Optional<Lsn> xlogLocation,
        Optional<Lsn> receiveLsn,
        Optional<Lsn> replayLsn,
        Optional<String> replicationState,
        Timeline timeline,
        Map<String, Object> scheduledRestart,
        boolean pause,
        Map<String, Object> unknownFields) {

    public Member {
        pendingRestartReasons = Collections.unmodifiableMap(new LinkedHashMap<>(pendingRestartReasons));
        scheduledRestart = Collections.unmodifiableMap(new LinkedHashMap<>(scheduledRestart));
        unknownFields = Collections.unmodifiableMap(new LinkedHashMap<>(unknownFields));
    }

    /** A member of which nothing but the name is known, as for a leader without a member key (facts §1.3). */
    public static Member named(String name) {
        return new MemberBuilder(name).build();
    }

    /** A builder that starts from this member. */
    public MemberBuilder toBuilder() {
        return new MemberBuilder(this);
    }

    public boolean isRunning() {
        return state.filter(PostgresState.RUNNING.word()::equals).isPresent();
    }

    /** A field of our own part of the key, as written; Patroni's members have no such part. */
    public Optional<Object> ours(String field) {
        return unknownFields.get(ShortestTtl.OURS) instanceof Map<?, ?> ours
                ? Optional.ofNullable(ours.get(field))
                : Optional.empty();
    }

    /** Whether it calls itself primary (or, on an old peer, master). */
    public boolean claimsPrimary() {
        return role.flatMap(Role::parse).filter(Role.PRIMARY::equals).isPresent();
    }
}
