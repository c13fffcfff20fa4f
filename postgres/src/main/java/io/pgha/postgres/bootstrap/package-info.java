/**
 * What makes a new cluster: initdb or an operator's own method, roles and their passwords, the script afterwards
 * (facts §2.7 and §6.10).
 *
 * <p>It must not know who may bootstrap, nor the loop.
 */
@NullMarked
package io.pgha.postgres.bootstrap;

import org.jspecify.annotations.NullMarked;
