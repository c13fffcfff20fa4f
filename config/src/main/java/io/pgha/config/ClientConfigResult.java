package io.pgha.config;

import io.pgha.config.source.Problem;
import java.util.List;

/**
 * What came of loading a configuration for hactl.
 *
 * @param config what could be read; nothing of it is validated
 * @param problems why a file could not be read, or a DCS that is not supported; empty if all is well
 */
public record ClientConfigResult(ClientConfig config, List<Problem> problems) {
    public ClientConfigResult {
        problems = List.copyOf(problems);
    }
}
