package io.pgha.core.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Builds a {@link Member} field by field; everything not set is absent. */
public final class MemberBuilder {
    private final String name;
    private long leaseId;
    private Optional<String> connUrl = Optional.empty();
    private Optional<String> apiUrl = Optional.empty();
    private Optional<String> state = Optional.empty();
    private Optional<String> role = Optional.empty();
    private Optional<String> version = Optional.empty();
    private Optional<String> proxyUrl = Optional.empty();
    private Tags tags = Tags.NONE;
    private Optional<Boolean> checkpointAfterPromote = Optional.empty();
    private boolean pendingRestart;
    private Map<String, PendingRestartReason> pendingRestartReasons = Map.of();
    private Optional<Lsn> xlogLocation = Optional.empty();
    private Optional<Lsn> receiveLsn = Optional.empty();
    private Optional<Lsn> replayLsn = Optional.empty();
    private Optional<String> replicationState = Optional.empty();
    private Timeline timeline = Timeline.UNKNOWN;
    private Map<String, Object> scheduledRestart = Map.of();
    private boolean pause;
    private Map<String, Object> unknownFields = new LinkedHashMap<>();

    public MemberBuilder(String name) {
        this.name = name;
    }

    MemberBuilder(Member from) {
        this.name = from.name();
        this.leaseId = from.leaseId();
        this.connUrl = from.connUrl();
        this.apiUrl = from.apiUrl();
        this.state = from.state();
        this.role = from.role();
        this.version = from.version();
        this.proxyUrl = from.proxyUrl();
        this.tags = from.tags();
        this.checkpointAfterPromote = from.checkpointAfterPromote();
        this.pendingRestart = from.pendingRestart();
        this.pendingRestartReasons = from.pendingRestartReasons();
        this.xlogLocation = from.xlogLocation();
        this.receiveLsn = from.receiveLsn();
        this.replayLsn = from.replayLsn();
        this.replicationState = from.replicationState();
        this.timeline = from.timeline();
        this.scheduledRestart = from.scheduledRestart();
        this.pause = from.pause();
        this.unknownFields = new LinkedHashMap<>(from.unknownFields());
    }

    public MemberBuilder leaseId(long value) {
        leaseId = value;
        return this;
    }

    public MemberBuilder connUrl(String value) {
        connUrl = Optional.of(value);
        return this;
    }

    public MemberBuilder apiUrl(String value) {
        apiUrl = Optional.of(value);
        return this;
    }

    /** The state text as it stands in the key. */
    public MemberBuilder stateText(String value) {
        state = Optional.of(value);
        return this;
    }

    public MemberBuilder state(PostgresState value) {
        return stateText(value.word());
    }

    /** The role word as it stands in the key. */
    public MemberBuilder roleText(String value) {
        role = Optional.of(value);
        return this;
    }

    public MemberBuilder role(Role value) {
        return roleText(value.word());
    }

    public MemberBuilder version(String value) {
        version = Optional.of(value);
        return this;
    }

    public MemberBuilder proxyUrl(String value) {
        proxyUrl = Optional.of(value);
        return this;
    }

    public MemberBuilder tags(Tags value) {
        tags = value;
        return this;
    }

    public MemberBuilder checkpointAfterPromote(Optional<Boolean> value) {
        checkpointAfterPromote = value;
        return this;
    }

    public MemberBuilder pendingRestart(boolean pending, Map<String, PendingRestartReason> reasons) {
        pendingRestart = pending;
        pendingRestartReasons = reasons;
        return this;
    }

    public MemberBuilder xlogLocation(Lsn value) {
        xlogLocation = Optional.of(value);
        return this;
    }

    public MemberBuilder receiveLsn(Lsn value) {
        receiveLsn = Optional.of(value);
        return this;
    }

    public MemberBuilder replayLsn(Lsn value) {
        replayLsn = Optional.of(value);
        return this;
    }

    public MemberBuilder replicationState(String value) {
        replicationState = Optional.of(value);
        return this;
    }

    public MemberBuilder timeline(Timeline value) {
        timeline = value;
        return this;
    }

    public MemberBuilder scheduledRestart(Map<String, Object> value) {
        scheduledRestart = value;
        return this;
    }

    public MemberBuilder pause(boolean value) {
        pause = value;
        return this;
    }

    /** A field that this version does not know. */
    public MemberBuilder unknownField(String field, Object value) {
        unknownFields.put(field, value);
        return this;
    }

    public Member build() {
        return new Member(
                name,
                leaseId,
                connUrl,
                apiUrl,
                state,
                role,
                version,
                proxyUrl,
                tags,
                checkpointAfterPromote,
                pendingRestart,
                pendingRestartReasons,
                xlogLocation,
                receiveLsn,
                replayLsn,
                replicationState,
                timeline,
                scheduledRestart,
                pause,
                unknownFields);
    }
}
