/**
 * The server on this machine: {@link io.pgha.postgres.local.LocalPostgres} puts processes, files and SQL together to the
 * port {@link io.pgha.postgres.Postgres}.
 *
 * <p>It must not know the DCS, HTTP or the loop.
 */
@NullMarked
package io.pgha.postgres.local;

import org.jspecify.annotations.NullMarked;
