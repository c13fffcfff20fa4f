/**
 * Holds no code of its own: its tests look at all modules together, as architecture and as running clusters.
 */
@NullMarked
package io.pgha.ittests;

import org.jspecify.annotations.NullMarked;
