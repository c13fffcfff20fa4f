/**
 * The rules of the house as tests over all modules: who may use whom, what {@code core} may touch, how things are named.
 *
 * <p>They read compiled classes only, so they run with the fast tests.
 */
@NullMarked
package io.pgha.arch;

import org.jspecify.annotations.NullMarked;
