/**
 * Immutable values that describe a cluster and this node: what the DCS holds, what PostgreSQL is doing, what the
 * operator configured. Knows neither how they were read nor what is decided on them.
 */
@NullMarked
package io.pgha.core.model;

import org.jspecify.annotations.NullMarked;
