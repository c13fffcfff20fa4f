/**
 * The ports of the agent in virtual time: what {@code io.pgha.agent.runtime} is to the real world.
 *
 * <p>Each belongs to one life of one agent and stops having effects when its process is killed.
 */
@NullMarked
package io.pgha.sim.port;

import org.jspecify.annotations.NullMarked;
