/**
 * Virtual time: one queue of events, and coroutines that run blocking code in it, one at a time.
 *
 * <p>It must not know clusters, PostgreSQL or the DCS. Entry point: {@link io.pgha.sim.kernel.Scheduler}.
 */
@NullMarked
package io.pgha.sim.kernel;

import org.jspecify.annotations.NullMarked;
