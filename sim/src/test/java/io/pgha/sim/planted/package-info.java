/** Mistakes that somebody might make (reliability.md, section 6), and the proof that the simulator sees them. */
@NullMarked
package io.pgha.sim.planted;

import org.jspecify.annotations.NullMarked;
