package io.pgha.agent.runtime;

import io.pgha.agent.inbox.Inbox;
import io.pgha.core.model.HaSettings;
import io.pgha.core.time.Clock;
import io.pgha.restapi.CommandAnswer;
import io.pgha.restapi.NodeSnapshot;
import java.util.Map;
import java.util.function.Supplier;

/** The commands that concern this node alone: they go to its loop through the inbox, and not through the DCS. */
final class NodeCommands {
    private final RestartCommand restart;
    private final ReinitializeCommand reinitialize;

    /**
     * @param inbox of the loop
     * @param snapshots what the loop published last
     * @param settings in force
     */
    NodeCommands(Inbox inbox, Supplier<NodeSnapshot> snapshots, Supplier<HaSettings> settings, Clock clock) {
        this.restart = new RestartCommand(inbox, snapshots, settings, clock);
        this.reinitialize = new ReinitializeCommand(inbox, snapshots, settings);
    }

    CommandAnswer restart(Map<String, Object> body) {
        return restart.restart(body);
    }

    CommandAnswer cancelRestart() {
        return restart.cancel();
    }

    CommandAnswer reinitialize(Map<String, Object> body) {
        return reinitialize.begin(body);
    }

    CommandAnswer cancelReinitialize() {
        return reinitialize.cancel();
    }
}
