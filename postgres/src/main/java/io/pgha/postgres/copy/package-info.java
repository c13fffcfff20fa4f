/**
 * Data directories as wholes: making one by copying another server (facts §6.9), setting one aside, removing one.
 *
 * <p>It must not know which server is copied and why, nor the loop.
 */
@NullMarked
package io.pgha.postgres.copy;

import org.jspecify.annotations.NullMarked;
