/**
 * What must hold: safety after every event, convergence after healing (reliability.md, sections 1 and 2).
 */
@NullMarked
package io.pgha.sim.check;

import org.jspecify.annotations.NullMarked;
