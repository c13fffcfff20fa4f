package io.pgha.agent.runtime;

import io.pgha.agent.port.Callbacks;
import io.pgha.core.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operator's commands (facts §5.19). No shell is involved: the command is split as a shell would split it, and
 * action, role and scope are handed over as arguments, so that no name can become a command.
 */
final class ProcessCallbacks implements Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessCallbacks.class);

    private final String scope;
    private final Supplier<Map<String, String>> commands;
    private final CallbackSlot actions;
    private final CallbackSlot reloads;

    /**
     * @param scope the cluster's name
     * @param commands the configured commands by action word, read at each call because a reload may change them
     * @param limit how long one may run
     */
    ProcessCallbacks(String scope, Supplier<Map<String, String>> commands, Duration limit) {
        this.scope = scope;
        this.commands = commands;
        this.actions = new CallbackSlot(limit);
        this.reloads = new CallbackSlot(limit);
    }

    @Override
    public void fire(Action action, Role role) {
        String command = commands.get().getOrDefault(action.word(), "");
        if (command.isBlank()) {
            return;
        }
        Optional<List<String>> words = ShellWords.split(command);
        if (words.isEmpty() || words.get().isEmpty()) {
            LOG.error("postgresql.callbacks.{} is not a command line (quotes are not closed)", action.word());
            return;
        }
        List<String> argv = new ArrayList<>(words.get());
        argv.add(action.word());
        argv.add(word(role));
        argv.add(scope);
        (action == Action.ON_RELOAD ? reloads : actions).run(action.word(), argv);
    }

    private static String word(Role role) {
        return switch (role) {
            case PROMOTED -> Role.PRIMARY.word();
            case PRIMARY, STANDBY_LEADER, REPLICA, DEMOTED, UNINITIALIZED -> role.word();
        };
    }
}
