/**
 * What the operator wrote: YAML files and environment variables become immutable records, or a list of precise problems.
 *
 * <p>Entry points: {@link io.pgha.config.ConfigLoader} for a node's configuration, {@link io.pgha.config.DynamicConfig}
 * for the cluster's, {@link io.pgha.config.EffectiveConfig} for both together. It must not know the DCS, PostgreSQL or
 * HTTP.
 */
@NullMarked
package io.pgha.config;

import org.jspecify.annotations.NullMarked;
