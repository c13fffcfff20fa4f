/**
 * What the outside may ask over HTTP: health checks, status, metrics, commands.
 *
 * <p>It reads a published snapshot and posts requests to an inbox; it must not know the DCS or PostgreSQL, and decides nothing.
 */
@NullMarked
package io.pgha.restapi;

import org.jspecify.annotations.NullMarked;
