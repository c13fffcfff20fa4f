/**
 * Whole clusters in virtual time, with faults from a seed and the invariants checked after every event.
 */
@NullMarked
package io.pgha.sim;

import org.jspecify.annotations.NullMarked;
