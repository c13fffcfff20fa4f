/**
 * The agent under test: the real loop on the ports of one simulated node, or a deliberately broken variant of it.
 */
@NullMarked
package io.pgha.sim.agent;

import org.jspecify.annotations.NullMarked;
