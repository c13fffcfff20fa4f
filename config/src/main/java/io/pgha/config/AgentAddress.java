package io.pgha.config;

/**
 * Where the agent that a configuration belongs to can be asked.
 *
 * @param name of the member
 * @param apiUrl of its REST API, as it publishes it
 */
public record AgentAddress(String name, String apiUrl) {}
