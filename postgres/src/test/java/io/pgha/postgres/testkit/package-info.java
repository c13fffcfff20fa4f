/** Real PostgreSQL servers for tests: {@link io.pgha.postgres.testkit.PostgresNode}. */
@NullMarked
package io.pgha.postgres.testkit;

import org.jspecify.annotations.NullMarked;
