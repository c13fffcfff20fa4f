/**
 * What keys there are: one table of all keys with type, range, default and meaning, from which the validation, the
 * suggestions and the reference page for operators come. Knows no file system and no environment.
 *
 * <p>Entry points: {@link io.pgha.config.schema.Schema} and {@link io.pgha.config.schema.Validation}.
 */
@NullMarked
package io.pgha.config.schema;

import org.jspecify.annotations.NullMarked;
