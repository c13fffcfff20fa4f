package io.pgha.postgres.local;

import io.pgha.core.model.PostgresState;
import io.pgha.core.model.Upstream;
import io.pgha.postgres.CloneRequest;
import io.pgha.postgres.JobControl;
import io.pgha.postgres.PostgresSettings;
import io.pgha.postgres.Result;
import io.pgha.postgres.conf.MemberUrl;
import io.pgha.postgres.conf.SourceConninfo;
import io.pgha.postgres.copy.BaseBackup;
import io.pgha.postgres.copy.CopyScript;
import io.pgha.postgres.copy.CopySource;
import io.pgha.postgres.process.Deadline;
import io.pgha.postgres.version.UnsupportedVersionException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a replica with the configured methods, one after the other (facts §6.9). */
final class ReplicaCreation {
    private static final Logger log = LoggerFactory.getLogger(ReplicaCreation.class);
    private static final String BASEBACKUP = "basebackup";
    private static final int ATTEMPTS = 2;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Instance instance;
    private final Configuration configuration;
    private final Place place;

    ReplicaCreation(Instance instance, Configuration configuration, Place place) {
        this.instance = instance;
        this.configuration = configuration;
        this.place = place;
    }

    Result create(CloneRequest request, JobControl control) {
        Optional<String> obstacle = PortCheck.complaint(instance.settings());
        if (obstacle.isPresent()) {
            return new Result.Failed("no replica is made: " + obstacle.get());
        }
        PostgresState before = instance.phase();
        instance.enter(PostgresState.CREATING_REPLICA);
        try {
            Result result = tryMethods(request, control);
            if (result.succeeded()) {
                complete();
                before = PostgresState.STOPPED;
            }
            return result;
        } catch (IOException | IllegalArgumentException | UnsupportedVersionException e) {
            return new Result.Failed("no replica can be made: " + e.getMessage());
        } finally {
            instance.enter(before == PostgresState.CREATING_REPLICA ? PostgresState.STOPPED : before);
        }
    }

    private Result tryMethods(CloneRequest request, JobControl control) throws IOException {
        Optional<CopySource> source = Optional.empty();
        if (request.source().isPresent()) {
            source = Optional.of(source(request.source().get()));
        }
        List<String> failures = new ArrayList<>();
        for (String method : methods(request)) {
            Result result = method.equals(BASEBACKUP) && !hasCommand(method)
                    ? baseBackup(source, control)
                    : script(method, source, control);
            if (result.succeeded() || result instanceof Result.Cancelled) {
                return result;
            }
            log.error("{}", result.message());
            failures.add(result.message());
        }
        return new Result.Failed(
                failures.isEmpty()
                        ? "no replica method works without a source: give one of them no_leader, or start the leader"
                        : String.join("; ", failures));
    }

    private List<String> methods(CloneRequest request) {
        List<String> wanted = wantedMethods(request);
        List<String> configured = wanted.isEmpty() || request.onlyBasebackup() ? List.of(BASEBACKUP) : wanted;
        return request.source().isPresent()
                ? configured
                : configured.stream()
                        .filter(method -> scriptOf(method).needsNoLeader())
                        .toList();
    }

    /** A standby cluster may have its own for copies from outside (facts §6.9). */
    private List<String> wantedMethods(CloneRequest request) {
        PostgresSettings settings = instance.settings();
        boolean fromInside = request.source().filter(source -> !source.remote()).isPresent();
        return settings.standbyCluster()
                .map(PostgresSettings.StandbySettings::createReplicaMethods)
                .filter(methods -> !methods.isEmpty() && !fromInside)
                .orElse(settings.createReplicaMethods());
    }

    private boolean hasCommand(String method) {
        return scriptOf(method).section().containsKey("command");
    }

    private CopyScript scriptOf(String method) {
        return new CopyScript(method, instance.settings().methods().getOrDefault(method, Map.of()));
    }

    private CopySource source(Upstream upstream) throws IOException {
        PostgresSettings settings = instance.settings();
        MemberUrl url = MemberUrl.parse(upstream.connUrl())
                .orElseThrow(() -> new IOException(upstream.name() + " publishes no usable address"));
        return new CopySource(
                upstream.name(),
                SourceConninfo.of(url.conninfo(), settings.replication(), settings.database(), configuration.version())
                        .with("application_name", settings.memberName()),
                settings.replication().password());
    }

    private Result baseBackup(Optional<CopySource> source, JobControl control) throws IOException {
        if (source.isEmpty()) {
            return new Result.Failed("pg_basebackup needs a source");
        }
        BaseBackup backup = new BaseBackup(instance.programs(), instance.runner, instance.account);
        Result last = new Result.Cancelled();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            place.prepare();
            control.progress("copying " + source.get().name() + " with pg_basebackup");
            last = backup.run(
                    source.get(),
                    instance.dataDir(),
                    instance.settings().rejoinTimeout(),
                    instance.settings().basebackupOptions(),
                    configuration.version(),
                    control);
            if (last.succeeded()) {
                return last;
            }
            place.clear();
            if (control.cancelled()) {
                return new Result.Cancelled();
            }
            if (BaseBackup.isLasting(last) || attempt == ATTEMPTS) {
                return last;
            }
            log.warn("{}; trying again", last.message());
            Deadline.after(PAUSE).waitUntil(POLL, control::cancelled);
        }
        return last;
    }

    private Result script(String method, Optional<CopySource> source, JobControl control) throws IOException {
        CopyScript script = scriptOf(method);
        if (!script.keepsData()) {
            place.prepare();
        }
        control.progress("making a replica with " + method);
        Result result = script.run(
                source, instance.settings().scope(), instance.dataDir(), instance.runner, instance.account, control);
        if (!result.succeeded() && !script.keepsData()) {
            place.clear();
        }
        return result;
    }

    private void complete() throws IOException {
        if (!Files.exists(instance.dataDir().resolve("global").resolve("pg_control"))) {
            throw new IOException("the replica method ended well, but there is no data directory in "
                    + instance.dataDir() + ": correct its command");
        }
        configuration.files().restoreMissing();
        configuration.handOver();
        // A request for promotion that travelled with the copy would end its recovery.
        Files.deleteIfExists(instance.dataDir().resolve("promote"));
        place.complete();
    }
}
