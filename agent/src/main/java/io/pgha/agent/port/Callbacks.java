package io.pgha.agent.port;

import io.pgha.core.model.Role;

/** The operator's callbacks (facts §5.19): started and not waited for; a failure is logged and nothing else. */
public interface Callbacks {
    /** Starts the configured command with action, role and scope as last arguments; does nothing when none is. */
    void fire(Action action, Role role);

    /** The actions and their words on the command line. */
    enum Action {
        ON_START("on_start"),
        ON_STOP("on_stop"),
        ON_RESTART("on_restart"),
        ON_RELOAD("on_reload"),
        ON_ROLE_CHANGE("on_role_change");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
