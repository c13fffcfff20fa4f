package io.pgha.agent.runtime;

import io.pgha.config.ConfigCatalog;
import io.pgha.config.value.ConfigPatch;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.DynamicConfigKey;
import io.pgha.dcs.Dcs;
import io.pgha.dcs.DcsOutcome;
import io.pgha.restapi.CommandAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code PATCH} and {@code PUT /config} (facts §3.8). Unlike Patroni it refuses what could not be used or would not be safe: the
 * one who writes it should hear of it, not the logs of all members. Any thread.
 */
final class ConfigCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigCommands.class);
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;

    private final Dcs dcs;

    ConfigCommands(Dcs dcs) {
        this.dcs = dcs;
    }

    /** Lays the body over what is in force. */
    CommandAnswer patch(Map<String, Object> body) {
        if (!(dcs.read() instanceof DcsOutcome.Done<ClusterView> done)) {
            return CommandAnswer.text(UNAVAILABLE, "The DCS does not answer");
        }
        Optional<DynamicConfigKey> found = done.value().config().filter(DynamicConfigKey::valid);
        if (found.isEmpty()) {
            return CommandAnswer.text(UNAVAILABLE, "The key config is missing or is not a JSON object");
        }
        Map<String, Object> before = found.get().values();
        ConfigPatch.Result result = ConfigPatch.patch(before, body);
        if (!result.changed()) {
            return new CommandAnswer.Json(before);
        }
        Optional<CommandAnswer> refusal = refusal(before, result.config());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        DcsOutcome<Void> written =
                dcs.writeConfig(result.config(), OptionalLong.of(found.get().modRevision()));
        if (written instanceof DcsOutcome.Refused<Void>) {
            return CommandAnswer.text(CONFLICT, "The configuration was changed by somebody else at the same moment");
        }
        return written.isDone() ? done(result.config()) : notWritten(UNAVAILABLE, written);
    }

    /** Puts the body in place of what is in force. */
    CommandAnswer replace(Map<String, Object> body) {
        if (!(dcs.read() instanceof DcsOutcome.Done<ClusterView> done)) {
            return CommandAnswer.text(UNAVAILABLE, "The DCS does not answer");
        }
        Optional<Map<String, Object>> before =
                done.value().config().filter(DynamicConfigKey::valid).map(DynamicConfigKey::values);
        if (before.filter(values -> ConfigPatch.deepEquals(values, body)).isPresent()) {
            return new CommandAnswer.Json(body);
        }
        Optional<CommandAnswer> refusal = refusal(before.orElse(Map.of()), body);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        DcsOutcome<Void> written = dcs.writeConfig(body, OptionalLong.empty());
        return written.isDone() ? done(body) : notWritten(BAD_GATEWAY, written);
    }

    private static CommandAnswer done(Map<String, Object> config) {
        LOG.info("asked over REST: the cluster-wide configuration was changed");
        return new CommandAnswer.Json(config);
    }

    private static CommandAnswer notWritten(int status, DcsOutcome<Void> outcome) {
        LOG.warn("the cluster-wide configuration could not be written: {}", outcome.reason());
        return CommandAnswer.text(status, "The configuration could not be written: " + outcome.reason());
    }

    private static Optional<CommandAnswer> refusal(Map<String, Object> before, Map<String, Object> after) {
        List<String> refusals = ConfigCatalog.refusals(before, after);
        return refusals.isEmpty()
                ? Optional.empty()
                : Optional.of(CommandAnswer.text(BAD_REQUEST, String.join("\n", refusals)));
    }
}
