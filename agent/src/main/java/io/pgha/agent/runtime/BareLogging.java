package io.pgha.agent.runtime;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Keeps Logback from looking for configuration files in the agent's process, where {@link Logging} does it by hand. Anywhere else
 * (tests, the simulator) it stands back.
 */
public final class BareLogging extends ContextAwareBase implements Configurator {
    static final String PROPERTY = "pgha.logging";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        return Boolean.getBoolean(PROPERTY)
                ? ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY
                : ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
}
