/**
 * PostgreSQL's files: what they should say, and what they say.
 *
 * <p>Text in, text out; only {@link io.pgha.postgres.conf.ConfigFiles}, {@link io.pgha.postgres.conf.DataFiles},
 * {@link io.pgha.postgres.conf.PgpassFile} and {@link io.pgha.postgres.conf.AtomicFile} touch the file system. It must
 * not know SQL sessions, processes or the loop. Entry points: {@link io.pgha.postgres.conf.ServerParameters} and
 * {@link io.pgha.postgres.conf.RecoverySettings} for what is wanted, {@code ConfigFiles} to write it.
 */
@NullMarked
package io.pgha.postgres.conf;

import org.jspecify.annotations.NullMarked;
