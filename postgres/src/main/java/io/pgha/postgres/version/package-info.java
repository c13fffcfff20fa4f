/**
 * Which PostgreSQL it is, and what that one can do.
 *
 * <p>Versions differ in few places, and each difference is one named capability here: nowhere else is a version number
 * compared. It must not know files, SQL or processes. Entry point: {@link io.pgha.postgres.version.PostgresVersion}.
 */
@NullMarked
package io.pgha.postgres.version;

import org.jspecify.annotations.NullMarked;
