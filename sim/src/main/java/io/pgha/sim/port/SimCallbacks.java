package io.pgha.sim.port;

import io.pgha.agent.port.Callbacks;
import io.pgha.core.model.Role;
import java.util.function.Consumer;

/** Writes down which callbacks were fired. */
public final class SimCallbacks implements Callbacks {
    private final Consumer<String> say;

    public SimCallbacks(Consumer<String> say) {
        this.say = say;
    }

    @Override
    public void fire(Action action, Role role) {
        say.accept("callback " + action.word() + " " + role.word());
    }
}
