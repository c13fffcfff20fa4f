package io.pgha.restapi;

/**
 * One of the layers that stop PostgreSQL when this agent cannot (design "Time and the lock", rule 4).
 *
 * @param name {@code lease-guard}, {@code dead-man}, {@code watchdog} or {@code systemd}
 * @param armed whether it would act if this process died now
 * @param detail for an operator: for example {@code pid 4711}, or why it is not armed
 */
public record FenceLayer(String name, boolean armed, String detail) {}
