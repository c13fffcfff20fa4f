/**
 * A whole cluster in virtual time: nodes, network, etcd and a client, made from one seed.
 *
 * <p>It must not know which faults there are. Entry point: {@link io.pgha.sim.world.World}.
 */
@NullMarked
package io.pgha.sim.world;

import org.jspecify.annotations.NullMarked;
