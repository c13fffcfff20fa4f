/**
 * What goes wrong, and when: each seed switches families of faults on and off (swarm).
 */
@NullMarked
package io.pgha.sim.fault;

import org.jspecify.annotations.NullMarked;
