package io.pgha.config;

/**
 * The section {@code citus}; only present when complete.
 *
 * @param group 0 for the coordinator
 * @param database the database with the extension
 */
public record CitusConfig(int group, String database) {}
