package io.pgha.agent.runtime;

import io.pgha.config.ConfigLoader;
import io.pgha.config.ConfigResult;
import io.pgha.config.LocalConfig;
import io.pgha.config.source.Problem;
import io.pgha.restapi.RestServer;
import io.pgha.restapi.RestServerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again when SIGHUP asked for it (facts §2.13), between two cycles of the loop. A broken file changes
 * nothing.
 */
final class Reload {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Optional<Path> file;
    private final Map<String, String> environment;
    private final Logging logging;
    private final LiveConfiguration configuration;
    private final RestServer rest;
    private final SdNotify notify;
    private final AtomicBoolean asked = new AtomicBoolean();
    /** What the start or the last reload said, so that the next one says only what is new. */
    private List<String> warned;

    /** @param warned what was said at the start of what is doubtful in the configuration */
    Reload(
            Optional<Path> file,
            Map<String, String> environment,
            List<String> warned,
            Logging logging,
            LiveConfiguration configuration,
            RestServer rest,
            SdNotify notify) {
        this.file = file;
        this.environment = environment;
        this.warned = List.copyOf(warned);
        this.logging = logging;
        this.configuration = configuration;
        this.rest = rest;
        this.notify = notify;
    }

    /** Asks for it. Any thread. */
    void ask() {
        asked.set(true);
    }

    /**
     * Does it if it was asked for. The loop's thread.
     *
     * @return whether something may have changed
     */
    boolean ifAsked() {
        if (!asked.getAndSet(false)) {
            return false;
        }
        notify.reloading();
        try {
            ConfigResult result = ConfigLoader.load(file, environment);
            result.errors().forEach(problem -> LOG.error("{}", problem));
            List<String> warnings =
                    result.warnings().stream().map(Problem::withoutSeverity).toList();
            warnings.stream().filter(line -> !warned.contains(line)).forEach(line -> LOG.warn("{}", line));
            warned = warnings;
            if (result.config().isEmpty()) {
                LOG.error("the configuration has errors; the last one stays in force");
                return false;
            }
            List<String> changedKeys =
                    fixed(configuration.local(), result.config().get());
            if (!changedKeys.isEmpty()) {
                LOG.error("{} cannot change while the agent runs: restart it; nothing was changed", changedKeys);
                return false;
            }
            apply(result.config().get());
            return true;
        } finally {
            notify.ready();
        }
    }

    private void apply(LocalConfig changed) {
        LocalConfig before = configuration.local();
        if (!changed.etcd().equals(before.etcd())) {
            LOG.warn("the changed section etcd takes effect with the next start");
        }
        try {
            logging.apply(changed.log());
        } catch (IOException e) {
            LOG.error("log: {}; the log goes on as before", e.getMessage());
        }
        configuration.reload(changed);
        if (!changed.restApi().equals(before.restApi()) || changed.restApi().https()) {
            try {
                rest.reload(RestSettingsMapper.of(changed.restApi()));
            } catch (RestServerException e) {
                LOG.error("{}; the REST API goes on as before", e.getMessage());
            }
        }
    }

    /** Keys that say who we are, and cannot change while we run. */
    private static List<String> fixed(LocalConfig before, LocalConfig changed) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("name", before.name().equals(changed.name()));
        same.put("scope", before.scope().equals(changed.scope()));
        same.put("namespace", before.namespace().equals(changed.namespace()));
        same.put(
                "postgresql.data_dir",
                before.postgresql()
                        .files()
                        .dataDir()
                        .equals(changed.postgresql().files().dataDir()));
        return same.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }
}
