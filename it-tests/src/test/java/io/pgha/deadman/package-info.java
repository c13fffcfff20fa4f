/** The dead-man process, compiled from {@code dist/src/main/c} and set on fake postmasters. */
@NullMarked
package io.pgha.deadman;

import org.jspecify.annotations.NullMarked;
