/**
 * Values and what can be done with them: reading booleans, numbers and units as PostgreSQL does, patching and comparing
 * JSON-like maps as Patroni does, and secrets that do not print themselves. Knows neither files nor keys.
 */
@NullMarked
package io.pgha.config.value;

import org.jspecify.annotations.NullMarked;
