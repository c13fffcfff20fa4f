/**
 * The real surroundings of the loop: clock, threads, processes, signals, logging, and {@link io.pgha.agent.runtime.Main},
 * which wires them.
 *
 * <p>Nothing here decides anything about the cluster, and nothing outside of {@code Main} knows these classes: the loop
 * sees the ports of {@code io.pgha.agent.port} only. This is the one package of the agent that creates threads, reads
 * clocks and ends the process.
 */
@NullMarked
package io.pgha.agent.runtime;

import org.jspecify.annotations.NullMarked;
