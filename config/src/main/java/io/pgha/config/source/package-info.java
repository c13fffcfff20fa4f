/**
 * What the operator wrote, before anybody judges it: files and environment variables become one tree of plain values in
 * which every key remembers its file, line and column. Knows YAML, knows nothing of what a key means.
 *
 * <p>Entry points: {@link io.pgha.config.source.SourceFiles}, {@link io.pgha.config.source.EnvironmentVariables} and
 * {@link io.pgha.config.source.Yaml}.
 */
@NullMarked
package io.pgha.config.source;

import org.jspecify.annotations.NullMarked;
