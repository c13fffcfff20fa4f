/** The promise that this node stops writing before its lock can end, kept independently of the loop. */
@NullMarked
package io.pgha.agent.lease;

import org.jspecify.annotations.NullMarked;
