/**
 * {@code hactl}: what an operator asks and orders from the command line.
 *
 * <p>It must not know PostgreSQL or the loop.
 */
@NullMarked
package io.pgha.ctl;

import org.jspecify.annotations.NullMarked;
