/**
 * One PostgreSQL server: its process, its files, its SQL, copying and rewinding it.
 *
 * <p>It must not know the DCS, HTTP or the loop.
 */
@NullMarked
package io.pgha.postgres;

import org.jspecify.annotations.NullMarked;
