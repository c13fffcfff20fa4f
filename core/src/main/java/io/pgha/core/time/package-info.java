/** The port to time. Nothing in pgha reads a clock in another way. */
@NullMarked
package io.pgha.core.time;

import org.jspecify.annotations.NullMarked;
