/**
 * What a configuration looks like from the machine it is read on: ports, directories, programs, the way to etcd. Only for
 * {@code pgha --validate-config}: an agent finds these things out by working. Nothing is changed.
 */
@NullMarked
package io.pgha.config.machine;

import org.jspecify.annotations.NullMarked;
