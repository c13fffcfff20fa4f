package io.pgha.core.model;

/**
 * A running postmaster, told apart from a later process with the same number by its start time.
 *
 * @param pid process id
 * @param startTicks field 22 of {@code /proc/PID/stat}: clock ticks since boot; 0 when the system does not tell
 */
public record Postmaster(long pid, long startTicks) {}
